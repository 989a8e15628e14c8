import type { ObservationContent } from '../observation/observation.events.ts';
import type { DisplayGroup } from '../observation/vocabulary.ts';

/**
 * One version of one observation as everybody downstream of the log meets it: a row of the read model,
 * an item of a list, half of a live change, a summand of the situation. It is public; narrative and
 * text as entered are asked for one observation at a time.
 */
export interface ObservationRow extends ObservationContent {
  readonly id: string;
  /** Place among all recorded observations in log order, from 1: what is said over the radio. */
  readonly number: number;
  /** Version of the content (1, 2 …) and revision of the stream: two numbers. */
  readonly version: number;
  readonly revision: number;
  readonly status: 'recorded' | 'retracted';
  readonly group: DisplayGroup;
  readonly contingent: string | null;
  readonly sector: string | null;
  readonly officer: string | null;
  readonly authn: string;
  /** When the first version was recorded, and when this one was. */
  readonly recordedAt: string;
  readonly versionRecordedAt: string;
  /** Why this version replaced the one before it; null for the first. */
  readonly reason: string | null;
  /** Recorded more than six hours after it had ended. */
  readonly late: boolean;
  /** In force while `fromSeq <= asOf < toSeq`; null while it is the present version. */
  readonly fromSeq: number;
  readonly toSeq: number | null;
}

/** What an event changed: the rows that ended and began there. The live feed, resume and replay read this. */
export interface Change {
  readonly seq: number;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  /** Only for observations: the version that ended and the one that began, null where there is none. */
  readonly before: ObservationRow | null;
  readonly after: ObservationRow | null;
}
