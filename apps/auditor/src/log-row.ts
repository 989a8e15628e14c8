/** One event as somebody else's program or file hands it over; nothing of it is believed yet. */
export interface LogRow {
  readonly seq: number;
  /** Name of the stream that the row is filed under. */
  readonly stream: string | null;
  readonly revision: number;
  readonly eventId: Uint8Array;
  /** The bytes as they are stored, whether or not they are text. */
  readonly leaf: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly chain: Uint8Array;
  readonly secret: Uint8Array | null;
  /** JSON: per digest a disclosure, `{"erased": name}`, or `null` (withheld). */
  readonly disclosures: string | null;
}

/** Where rows come from, as far as it decides what is a flaw. */
export interface LogOrigin {
  /** Several nodes wrote it: each has a clock of its own, and what none of them wrote is passed over. */
  readonly severalNodes: boolean;
  /** Whoever reads here may not be shown every disclosure. */
  readonly mayWithhold: boolean;
  /** A row by the id of its event, where it can be looked up. */
  rowById?(eventId: Uint8Array): LogRow | undefined;
}

/** It is not there or is no log: nothing can be said about it. */
export class CannotRead extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotRead';
  }
}

export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error)
    return String(error.message);
  return String(error);
}
