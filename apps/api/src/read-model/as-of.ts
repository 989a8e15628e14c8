import type { DatabaseSync } from 'node:sqlite';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { refuse } from '@ceasewatch/domain/refusal';
import { lastByInstants, momentOf } from './event-table.ts';
import { ReadModelError } from './read-model-error.ts';

/** A moment in the log: the number of an event, or an instant (RFC 3339). */
export type AsOf = number | string;

/**
 * What every question is asked with: who looks, what was known, what had happened. Controllers read it
 * through `Access.moment` and from nowhere else, so no answer is of the present by accident.
 */
export interface Moment {
  readonly viewer: Viewer;
  /** Known: up to this event, or the last one recorded at or before this instant. The present unless told. */
  readonly asOf?: AsOf;
  /** Happened: what began before this instant, stored form, whenever it was recorded. */
  readonly occurredUntil?: string;
}

/**
 * The number of the last event that belongs to a moment, the newest projected one where none is given.
 * An instant means the last event whose running maximum of `time` is not later, -1 when the log is
 * younger. Numbers are dense and the maximum never falls, so it is a binary search without an index.
 *
 * @throws ReadModelError as_of_unknown
 */
export function resolveAsOf(db: DatabaseSync, projected: number, asOf: AsOf | undefined): number {
  if (asOf === undefined) return projected;
  const number =
    typeof asOf === 'number' ? asOf : /^\d{1,15}$/.test(asOf) ? Number(asOf) : undefined;
  if (number === undefined) return lastNotLater(db, projected, instantOf(String(asOf)));
  if (Number.isSafeInteger(number) && number >= 0 && number <= projected) return number;
  throw new ReadModelError(
    'as_of_unknown',
    `Event ${number} is not in this log, whose last is ${projected}.`,
  );
}

/**
 * An instant that has not come yet has no answer that lasts: what is recorded until then would change it.
 * The last event may lie ahead of this node's clock, where that was set back or another node's is fast;
 * nothing later is recorded as of an earlier instant, so as far as that every answer stands.
 *
 * @param now the present, milliseconds since 1970
 * @throws Refusal invalid: not_yet
 */
export function checkHasCome(
  db: DatabaseSync,
  projected: number,
  field: string,
  asOf: AsOf,
  now: number,
): void {
  if (typeof asOf === 'number') return;
  const { ms } = parseInstant(asOf, field);
  if (ms <= now || ms <= parseInstant(momentOf(db, projected)).ms) return;
  throw refuse('invalid', { field, reason: 'not_yet', params: { aheadMs: ms - now } });
}

function lastNotLater(db: DatabaseSync, projected: number, instant: number): number {
  return lastByInstants(db, projected, [instant])[0] ?? -1;
}

function instantOf(text: string): number {
  try {
    return parseInstant(text, 'asOf').ms;
  } catch (error) {
    throw new ReadModelError('as_of_unknown', `“${text}” is neither an event nor an instant.`, {
      cause: error,
    });
  }
}
