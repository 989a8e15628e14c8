import { createContext } from 'react';

/** A moment of both axes, as every question to the api takes it. */
export interface Moment {
  /** The last event that may be known; null is now. */
  readonly asOf: number | null;
  /** Only what began before this instant, UTC; null asks for no such bound. */
  readonly until: string | null;
}

/** A question with its moment. */
export function putMoment(search: URLSearchParams, { asOf, until }: Moment): URLSearchParams {
  if (asOf !== null) search.set('asOf', asOf.toString());
  if (until !== null) search.set('occurredUntil', until);
  return search;
}

export const LIVE: Moment = { asOf: null, until: null };

export function sameMoment(one: Moment, other: Moment): boolean {
  return one.asOf === other.asOf && one.until === other.until;
}

/**
 * What stands below it is asked as of this moment, whatever the address says: it moves many times a
 * second, while the address follows once a second. Null where the address decides.
 */
export const MovingMoment = createContext<Moment | null>(null);

/**
 * Where links lead while the moment moves: to the one that is drawn, a second old at most, because to
 * write forty addresses anew costs more than the figures. Null where they lead to the moment itself.
 */
export const LinkedMoment = createContext<Moment | null>(null);
