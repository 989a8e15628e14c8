import { type Envelope, envelopeSchema } from '@ceasewatch/domain/recorded-event';
import { testOf } from '@ceasewatch/domain/schema-test';
import {
  type KnownEvent,
  MalformedEvent,
  UnknownEventType,
  validateEvent,
} from '@ceasewatch/domain/upcast';
import { readCanonicalJson } from '@ceasewatch/tlog/canonical-json';
import { MAX_LEAF_BYTES } from '@ceasewatch/tlog/leaf';
import { Flaw } from './flaw.ts';
import type { LeafBytes } from './leaf-bytes.ts';
import type { LogRow } from './log-row.ts';

/** From bytes that nobody vouches for to an event of a known type, or the flaw that is in the way. */
export interface OpenedLeaf {
  readonly envelope: Envelope;
  readonly event: KnownEvent;
}

/**
 * @param bytes of the row's leaf
 * @param isVerified whether it has to be canonical; what was verified earlier is only read
 * @throws Flaw
 */
export function openLeaf(row: LogRow, bytes: LeafBytes, isVerified = true): OpenedLeaf {
  const envelope = readLeaf(row, bytes, isVerified);
  return { envelope, event: eventOf(row.seq, envelope) };
}

/** @throws Flaw */
export function readLeaf({ seq, leaf }: LogRow, bytes: LeafBytes, isVerified = true): Envelope {
  const { length } = bytes.leaf;
  if (length > MAX_LEAF_BYTES) {
    throw new Flaw(seq, 'leaf_too_large', `${length} bytes, at most ${MAX_LEAF_BYTES}`);
  }
  const value = isVerified ? canonicalValue(leaf, bytes) : readValue(leaf);
  if (value === undefined) throw new Flaw(seq, 'not_canonical', 'the leaf is not canonical JSON');
  if (isEnvelope(value)) return value;
  const checked = envelopeSchema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Flaw(seq, 'malformed_envelope', `${issue?.path.join('.')}: ${issue?.message}`);
}

const fitsEnvelope = testOf(envelopeSchema);

function isEnvelope(value: unknown): value is Envelope {
  return fitsEnvelope(value);
}

/** `undefined` for bytes that are no text: nothing is put in the place of what is none. */
function canonicalValue(leaf: LogRow['leaf'], bytes: LeafBytes): unknown {
  return typeof leaf === 'string' ? readCanonicalJson(leaf, bytes.leaf) : undefined;
}

function readValue(leaf: LogRow['leaf']): unknown {
  try {
    return JSON.parse(Buffer.from(leaf).toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** An event that no version of the program could have written is a flaw, however well it is chained. */
function eventOf(seq: number, envelope: Envelope): KnownEvent {
  try {
    return validateEvent({ envelope });
  } catch (error) {
    if (error instanceof UnknownEventType) throw new Flaw(seq, 'unknown_type', error.message);
    if (error instanceof MalformedEvent) throw new Flaw(seq, 'malformed_data', error.message);
    throw error;
  }
}
