import type { DatabaseSync } from 'node:sqlite';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { zoneAsOf } from '../centre/gazetteer.queries.ts';
import { askedText } from '../observation/text-search.queries.ts';
import { type AsOf, type Moment, resolveAsOf } from '../read-model/as-of.ts';
import type { AskedText } from '../read-model/columns-desk.ts';
import { momentOf } from '../read-model/event-table.ts';
import { checkWindow, endOfWindows } from './situation-query.ts';

// What every question about a window begins with: which event is the last one known, and what is open.

/** Which windows are asked for: where they end and the zone follow from the moment unless told. */
export type AskedWindow = Omit<SituationQuery, 'at' | 'zone' | 'occurredUntil'> &
  Partial<Pick<SituationQuery, 'at' | 'zone'>>;

/** A question to the columns, nothing left open. */
interface Question {
  readonly query: SituationQuery;
  /** The last event that may be known. */
  readonly seq: number;
  readonly text: AskedText | undefined;
}

/**
 * @param now the present, milliseconds since 1970
 * @throws ReadModelError as_of_unknown; Refusal invalid, as `situationQuery`
 */
export function questionOf(
  db: DatabaseSync,
  { viewer, asOf, occurredUntil }: Moment,
  asked: AskedWindow,
  projected: number,
  now: number,
): Question {
  const seq = resolveAsOf(db, projected, asOf);
  const query = situationQuery(db, asked, seq, momentMs(db, asOf, now), occurredUntil);
  return { query, seq, text: askedText(db, viewer, query.filter, seq) };
}

/**
 * What is asked for with nothing left open.
 *
 * @param ms the moment that the answer speaks of, milliseconds since 1970
 * @throws Refusal invalid: the windows end before they begin, or in no year that is told of
 */
export function situationQuery(
  db: DatabaseSync,
  asked: AskedWindow,
  seq: number,
  ms: number,
  occurredUntil: string | undefined,
): SituationQuery {
  const query = {
    ...asked,
    at: asked.at ?? endOfWindows(ms, occurredUntil),
    zone: asked.zone ?? zoneAsOf(db, seq),
    ...(occurredUntil === undefined ? {} : { occurredUntil }),
  };
  checkWindow(query);
  return query;
}

/** The instant that `asOf` stands for, in milliseconds: of a known event, of an instant itself, or now. */
export function momentMs(db: DatabaseSync, asOf: AsOf | undefined, now: number): number {
  if (asOf === undefined) return now;
  return parseInstant(typeof asOf === 'string' ? asOf : momentOf(db, asOf)).ms;
}
