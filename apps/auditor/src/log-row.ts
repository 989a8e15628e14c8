import { isOutOfRange } from './of-sqlite.ts';

/** An event's bytes and its place in the chain. */
export interface LogLink {
  readonly seq: number;
  /** The text as it is stored; its bytes where they are no text. */
  readonly leaf: string | Uint8Array;
  /** In hexadecimal, upper case, as are ids and secrets: texts are handed over and compared soonest. */
  readonly leafHash: string;
  readonly chain: string;
}

/** One event as somebody else's program or file hands it over; nothing of it is believed yet. */
export interface LogRow extends LogLink {
  /** Name of the stream that the row is filed under. */
  readonly stream: string | null;
  readonly revision: number;
  /** In hexadecimal. */
  readonly eventId: string;
  readonly secret: string | null;
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

/** An id as a row has it. */
export function idLetters(id: string): string {
  return id.replaceAll('-', '').toUpperCase();
}

/** It is not there or is no log: nothing can be said about it. */
export class CannotRead extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotRead';
  }
}

/** Whatever keeps a row from being read: damage, or a number too large to be one of ours. */
export function keepsFromReading(error: unknown): boolean {
  const isDamage = typeof error === 'object' && error !== null && 'errcode' in error;
  return isDamage || isOutOfRange(error);
}

export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error)
    return String(error.message);
  return String(error);
}
