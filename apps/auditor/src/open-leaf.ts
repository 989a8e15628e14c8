import { isUtf8 } from 'node:buffer';
import { type Envelope, envelopeSchema } from '@ceasewatch/domain/recorded-event';
import {
  type KnownEvent,
  MalformedEvent,
  UnknownEventType,
  validateEvent,
} from '@ceasewatch/domain/upcast';
import { readCanonicalJson } from '@ceasewatch/tlog/canonical-json';
import { MAX_LEAF_BYTES } from '@ceasewatch/tlog/leaf';
import { Flaw } from './flaw.ts';
import type { LogRow } from './log-row.ts';

/** From bytes that nobody vouches for to an event of a known type, or the flaw that is in the way. */
export interface OpenedLeaf {
  readonly envelope: Envelope;
  readonly event: KnownEvent;
}

/**
 * @param isVerified whether it has to be canonical; what was verified earlier is only read
 * @throws Flaw
 */
export function openLeaf({ seq, leaf }: LogRow, isVerified = true): OpenedLeaf {
  const { envelope } = readLeaf(seq, leaf, isVerified);
  return { envelope, event: eventOf(seq, envelope) };
}

/** @throws Flaw */
export function readLeaf(
  seq: number,
  leaf: Uint8Array,
  isVerified = true,
): { readonly envelope: Envelope } {
  if (leaf.length > MAX_LEAF_BYTES) {
    throw new Flaw(seq, 'leaf_too_large', `${leaf.length} bytes, at most ${MAX_LEAF_BYTES}`);
  }
  const value = isVerified ? canonicalValue(leaf) : readValue(leaf);
  if (value === undefined) throw new Flaw(seq, 'not_canonical', 'the leaf is not canonical JSON');
  const checked = envelopeSchema.safeParse(value);
  if (checked.success) return { envelope: checked.data };
  const [issue] = checked.error.issues;
  throw new Flaw(seq, 'malformed_envelope', `${issue?.path.join('.')}: ${issue?.message}`);
}

/** `undefined` for bytes that are no UTF-8: nothing is put in the place of what is not text. */
function canonicalValue(leaf: Uint8Array): unknown {
  return isUtf8(leaf) ? readCanonicalJson(Buffer.from(leaf).toString()) : undefined;
}

function readValue(leaf: Uint8Array): unknown {
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
