import type { SituationQuery } from '../situation/situation.ts';

/** What was known at the time of each hour or day, against what is known now of it. */
export interface HindsightBucket {
  /** When it occurred: from this instant up to, not including, the other. */
  readonly from: string;
  readonly to: string;
  /** The last event that was recorded by the end of the bucket; -1 where the log is younger. */
  readonly known: number;
  /** Observations that stood at the end of the bucket, and those that stand now: `same` are in both. */
  readonly then: number;
  readonly now: number;
  /** Said then and said now in the same words. `then` is `same` and `gone`. */
  readonly same: number;
  /** Said then, and since corrected, retracted, or no longer of this bucket. */
  readonly gone: number;
  /** Of `gone`, those whose observation is retracted now. */
  readonly retracted: number;
  /** Said now. `now` is `same`, `late` and `corrected`: first recorded after the bucket had ended, */
  readonly late: number;
  /** or recorded by then and said otherwise since. */
  readonly corrected: number;
}

/** After so many hours, in this order. */
export const DELAY_HOURS = [1, 6, 24, 168] as const;

/** Of the observations that stand now: how many had been recorded so many hours after they began. */
export interface ReportingDelay {
  readonly observations: number;
  /** Of these, those whose hour is not known (a day, a period): no delay is told of them. */
  readonly hourUnknown: number;
  /** In the order of `DELAY_HOURS`; the share is of `observations - hourUnknown`. */
  readonly within: readonly number[];
}

export interface Hindsight {
  readonly query: SituationQuery;
  readonly asOf: number;
  /** All of the window as one: what was known at its end of all that occurred in it. */
  readonly whole: HindsightBucket;
  readonly buckets: readonly HindsightBucket[];
  readonly delay: ReportingDelay & {
    /** By contingent; `-` is none. */
    readonly byContingent: Readonly<Record<string, ReportingDelay>>;
    readonly byUnit: Readonly<Record<string, ReportingDelay>>;
  };
}
