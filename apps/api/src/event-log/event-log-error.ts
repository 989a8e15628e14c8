import type { Expected } from './event-log.ts';

/**
 * Everything that can go wrong with the log, in a closed list. Facts stand in fields, prose in the
 * message; `problem.filter.ts` alone turns codes into HTTP.
 */
export type EventLogErrorCode =
  /** The stream is not where the writer believed; `actual` says where it is. */
  | 'wrong_expected_revision'
  /** This id was used before for something else. */
  | 'id_reused'
  /** A leaf, an append or its disclosures exceed the limits; `limit` and `actual` in bytes or events. */
  | 'too_large'
  /** The caller broke the rules of the port (no events, a stream outside the prefix, NaN …). */
  | 'malformed_append'
  /** The disk is full. Nothing was written; reading goes on; the next append tries again. */
  | 'storage_full'
  /** The store cannot be used now. Nothing of this append was written. */
  | 'store_unavailable'
  /** It may or may not have been written: ask again with the same ids, for ever if need be. */
  | 'outcome_unknown'
  /** The queue before the writer is full. Nothing was written. */
  | 'overloaded'
  /** What was read is not what was written; `seq` says from where. Nothing is written any more. */
  | 'log_corrupt'
  /** A reader's position is not in this log: it was restored, emptied, or is another log. */
  | 'position_unknown'
  /** The vault knows this event id with another secret; seal the event again with `secret`. */
  | 'secret_already_drawn'
  /** Another process writes to this data folder. */
  | 'data_folder_in_use'
  /** The folder cannot be created or written. */
  | 'data_folder_unusable'
  /** An exercise log was opened as a real one, or the other way round. */
  | 'wrong_sort'
  /** The folder holds a log with another id, or a file that is no log of this version. */
  | 'foreign_log';

export interface EventLogErrorFacts {
  readonly stream?: string;
  readonly eventId?: string;
  readonly expected?: Expected;
  readonly actual?: Expected;
  readonly limit?: number;
  readonly seq?: number;
  readonly folder?: string;
  readonly secret?: Uint8Array;
  readonly retryAfterMs?: number;
  /** The store does not let this node in: waiting does not help. */
  readonly refused?: true;
  /** What whoever asked is told in place of what the code means. */
  readonly told?: string;
}

export class EventLogError extends Error {
  readonly code: EventLogErrorCode;
  readonly facts: EventLogErrorFacts;

  constructor(
    code: EventLogErrorCode,
    message: string,
    facts: EventLogErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EventLogError';
    this.code = code;
    this.facts = facts;
  }
}

/** Whether `error` is an `EventLogError`, of one of `codes` where some are given. */
export function isEventLogError(
  error: unknown,
  ...codes: readonly EventLogErrorCode[]
): error is EventLogError {
  return error instanceof EventLogError && (codes.length === 0 || codes.includes(error.code));
}

/** An id names one thing for ever; `why` is a clause where it is known better. */
export function idReused(
  eventId: string,
  why = 'it was used before for something else',
): EventLogError {
  return new EventLogError('id_reused', `the id ${eventId} cannot be used: ${why}`, { eventId });
}

/** Of this one nothing was written, and whoever opens the log again may send it again. */
export function closed(): EventLogError {
  return new EventLogError('store_unavailable', 'the log is closed', { retryAfterMs: 1_000 });
}

/** Of this one nothing was written; those before it are on their way. */
export function tooManyAppends(limit: number): EventLogError {
  const facts = { limit, retryAfterMs: 1_000 };
  return new EventLogError('overloaded', 'too many appends wait for the store', facts);
}
