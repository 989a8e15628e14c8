import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { nounOf } from '@ceasewatch/domain/recorded-event';
import { wholeIn } from '../../../format/numbers.ts';

/**
 * Where in the log one stands, all of it in the address: a link, a reload and Back show the same
 * events. `before` and `after` are event numbers; neither means the newest.
 */
export type Place =
  | { readonly at: 'newest' }
  | { readonly at: 'before'; readonly seq: number }
  | { readonly at: 'after'; readonly seq: number };

export interface LogFilter {
  readonly noun?: string;
  readonly type?: string;
  readonly officer?: string;
  readonly contingent?: string;
  /** `observation/<id>`: one stream. */
  readonly subject?: string;
  readonly unit?: string;
  /** Stored instants: from the first on, before the second. */
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly occurredFrom?: string;
  readonly occurredTo?: string;
  /** Words, or one id. */
  readonly q?: string;
}

export const LOG_FILTER_KEYS = [
  'noun',
  'type',
  'officer',
  'contingent',
  'unit',
  'subject',
  'recordedFrom',
  'recordedTo',
  'occurredFrom',
  'occurredTo',
  'q',
] as const satisfies readonly (keyof LogFilter)[];
export type FilterKey = (typeof LOG_FILTER_KEYS)[number];

export interface LogAddress {
  readonly place: Place;
  readonly filter: LogFilter;
  /** The event that is open. */
  readonly selected: number | null;
  /** Whether the newest place follows the log. */
  readonly follows: boolean;
  /** Whether every event shows what it holds. */
  readonly unfolded: boolean;
}

export type LogMove = Partial<LogAddress>;

export const NOUNS: readonly string[] = [...new Set(KNOWN_TYPES.map(nounOf))];

export function logAddressOf(search: URLSearchParams): LogAddress {
  const filter: Record<string, string> = {};
  for (const key of LOG_FILTER_KEYS) {
    const value = search.get(key);
    if (value !== null && value !== '') filter[key] = value;
  }
  return {
    place: placeOf(search),
    filter,
    selected: wholeIn(search.get('sel')),
    follows: search.get('live') !== 'off',
    unfolded: search.get('fold') === 'off',
  };
}

/** The address after a move; what is not the log's business stays as it is. */
export function moved(search: URLSearchParams, move: LogMove): URLSearchParams {
  const next = new URLSearchParams(search);
  if (move.place !== undefined) {
    next.delete('before');
    next.delete('after');
    if (move.place.at !== 'newest') next.set(move.place.at, move.place.seq.toString());
  }
  if (move.filter !== undefined) {
    for (const key of LOG_FILTER_KEYS) put(next, key, move.filter[key]);
  }
  if (move.selected !== undefined) put(next, 'sel', move.selected?.toString());
  if (move.follows !== undefined) put(next, 'live', move.follows ? undefined : 'off');
  if (move.unfolded !== undefined) put(next, 'fold', move.unfolded ? 'off' : undefined);
  return next;
}

function put(search: URLSearchParams, key: string, value: string | undefined): void {
  if (value === undefined) search.delete(key);
  else search.set(key, value);
}

function placeOf(search: URLSearchParams): Place {
  const before = wholeIn(search.get('before'));
  if (before !== null) return { at: 'before', seq: before };
  const after = search.get('after') === '-1' ? -1 : wholeIn(search.get('after'));
  return after === null ? { at: 'newest' } : { at: 'after', seq: after };
}
