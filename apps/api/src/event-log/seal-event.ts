import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { Canonical, canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { disclose, SECRET_BYTES } from '@ceasewatch/tlog/disclosure';
import { TlogError } from '@ceasewatch/tlog/tlog-error';
import type { EventToAppend, VaultEntry } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { nativeDisclosureWriting, nativeLeafHash } from './native-sha256.ts';

/** Draws the 32 random bytes of one event's secret. Injected, so that an exercise can be repeated. */
export type DrawSecret = () => Uint8Array;

/**
 * What of an event can be sealed before its place in the log is known, and so in another thread: the
 * values it discloses as salted digests in `data._sd`, and the canonical bytes of its data.
 */
export interface SealedData {
  readonly data: Envelope['data'];
  /** Canonical JSON of `data`. */
  readonly text: string;
  /** What must not lie in the leaf; absent when nothing is disclosed. */
  readonly vault?: VaultEntry;
}

/** @throws EventLogError malformed_append for what canonical JSON cannot carry */
export function sealData(
  data: Envelope['data'],
  disclosed: Readonly<Record<string, string>> | undefined,
  drawSecret: DrawSecret,
): SealedData {
  if (disclosed === undefined || Object.keys(disclosed).length === 0) {
    return { data, text: sealed(() => canonicalJson(data)) };
  }
  const secret = drawSecret();
  if (secret.length !== SECRET_BYTES) {
    throw new EventLogError('malformed_append', `a secret has ${SECRET_BYTES} bytes`);
  }
  const { digests, disclosures } = sealed(() =>
    disclose(secret, disclosed, nativeDisclosureWriting),
  );
  const whole = { ...data, _sd: [...digests] };
  return {
    data: whole,
    text: sealed(() => canonicalJson(whole)),
    vault: { secret, disclosures },
  };
}

/** The whole event: an envelope with the data that was sealed for it. */
export function sealEnvelope(
  envelope: Omit<Envelope, 'data'>,
  { data, text, vault }: SealedData,
): EventToAppend {
  const written = sealed(() => canonicalJson({ ...envelope, data: new Canonical(text) }));
  const leaf = inOnePiece(written);
  const event = { envelope: { ...envelope, data }, leaf, leafHash: nativeLeafHash(leaf) };
  return vault === undefined ? event : { ...event, vault };
}

/**
 * Turns an envelope and what it discloses into what is appended, in one go.
 *
 * @throws EventLogError malformed_append for what canonical JSON cannot carry
 */
export function sealEvent(
  envelope: Envelope,
  disclosed: Readonly<Record<string, string>> | undefined,
  drawSecret: DrawSecret,
): EventToAppend {
  return sealEnvelope(envelope, sealData(envelope.data, disclosed, drawSecret));
}

/** Text that was written piece by piece is put together here, not while others wait for the writer. */
function inOnePiece(text: string): string {
  // The engine does so as soon as somebody asks for all of its bytes.
  Buffer.byteLength(text);
  return text;
}

function sealed<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    throw new EventLogError('malformed_append', cause.message, {}, { cause });
  }
}
