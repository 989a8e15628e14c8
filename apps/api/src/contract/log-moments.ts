import type { MayBeStale } from './answer.ts';

/** The part of the contract that says when the log was written. */

/**
 * `GET /api/log/moments`: which event was the last at each of evenly spaced instants. Numbers are dense,
 * so the differences are how many events were recorded in between.
 */
export interface LogMoments extends MayBeStale {
  /** Nothing after this event is told of; -1 for a log without events. */
  readonly asOf: number;
  /** The stretch of recorded time that was cut up, both ends included; null for a log without events. */
  readonly from: string | null;
  readonly to: string | null;
  /** The last event recorded before `from`, -1 where there is none. */
  readonly before: number;
  /** The last event recorded by the end of each part, in order. */
  readonly through: readonly number[];
}
