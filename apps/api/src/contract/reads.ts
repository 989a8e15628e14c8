/** The part of the contract that says who looked at what: looking is recorded too, beside the log. */

/** `node`: not a look, but what the node says of its record: it began, it ended, it lost something. */
export const READ_KINDS = ['replay', 'export', 'verification', 'narrative', 'node'] as const;
export type ReadKind = (typeof READ_KINDS)[number];

/** One look, or all looks of one officer at one thing within a minute. */
export interface RecordedRead {
  readonly id: number;
  /** When it was first looked at, and last. */
  readonly at: string;
  readonly until: string;
  /** Null for the node itself. */
  readonly officer: string | null;
  readonly contingent: string | null;
  readonly role: string;
  /** How the officer was identified; `chosen`: nobody checked. */
  readonly authn: string;
  readonly kind: ReadKind;
  /** What was looked at: `observation/<id>`, `observations.csv?kind=burst`, `log.ndjson?from=0&to=41342`. */
  readonly what: string;
  /** The earliest moment that was looked at and the latest, as they were asked; null is the present. */
  readonly asOf: string | null;
  readonly asOfLast: string | null;
  readonly occurredUntil: string | null;
  readonly times: number;
}

/** `GET /api/reads`: newest first. */
export interface ReadPage {
  readonly items: readonly RecordedRead[];
  /** Of looks that are not written yet, at most some seconds old; they come with the next question. */
  readonly waiting: number;
  /** Looks that could not be kept while the disk took none; 0 in ordinary life. */
  readonly lost: number;
  /** Opaque; absent on the last page. */
  readonly next?: string;
}
