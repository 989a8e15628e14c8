import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { disclose, SECRET_BYTES } from '@ceasewatch/tlog/disclosure';
import { TlogError } from '@ceasewatch/tlog/tlog-error';
import type { EventToAppend } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { nativeLeafHash, nativeSha256 } from './native-sha256.ts';

/** Draws the 32 random bytes of one event's secret. Injected, so that an exercise can be repeated. */
export type DrawSecret = () => Uint8Array;

/**
 * Turns an envelope and what it discloses into what is appended: the values become salted digests in
 * `data._sd`, the rest becomes canonical bytes, and what must not lie in the leaf goes to the vault.
 *
 * @throws EventLogError malformed_append for what canonical JSON cannot carry
 */
export function sealEvent(
  envelope: Envelope,
  disclosed: Readonly<Record<string, string>> | undefined,
  drawSecret: DrawSecret,
): EventToAppend {
  if (disclosed === undefined || Object.keys(disclosed).length === 0) {
    return { envelope, ...leafOf(envelope) };
  }
  const secret = drawSecret();
  if (secret.length !== SECRET_BYTES) {
    throw new EventLogError('malformed_append', `a secret has ${SECRET_BYTES} bytes`);
  }
  const { digests, disclosures } = sealed(() => disclose(secret, disclosed, nativeSha256));
  const whole: Envelope = { ...envelope, data: { ...envelope.data, _sd: [...digests] } };
  return { envelope: whole, ...leafOf(whole), vault: { secret, disclosures } };
}

function leafOf(envelope: Envelope): Pick<EventToAppend, 'leaf' | 'leafHash'> {
  const leaf = inOnePiece(sealed(() => canonicalJson(envelope)));
  return { leaf, leafHash: nativeLeafHash(leaf) };
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
