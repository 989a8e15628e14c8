import type { DatabaseSync } from 'node:sqlite';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { lastByInstants } from './event-table.ts';
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
