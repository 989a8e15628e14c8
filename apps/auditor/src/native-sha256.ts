import { hash } from 'node:crypto';
import type { Sha256 } from '@ceasewatch/tlog/sha256';

/**
 * SHA-256 by OpenSSL: a million leaves in seconds; the portable one gives the same. A digest comes as
 * text first, because Node takes longer to make 32 bytes of their own than to hash so few.
 */
export const nativeSha256: Sha256 = (bytes) =>
  Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** The same in hexadecimal, upper case. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex').toUpperCase();
}
