import { hash } from 'node:crypto';
import type { Sha256 } from '@ceasewatch/tlog/sha256';

/**
 * SHA-256 of this process's OpenSSL: two to three times as fast as the portable one on a leaf. A digest
 * comes as text first, because Node takes longer to make 32 bytes of their own than to hash so few.
 */
export const nativeSha256: Sha256 = (bytes) =>
  Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** The proof's `leafHash` of a leaf that is text: OpenSSL takes it as it is, without copies of its bytes. */
export function nativeLeafHash(leaf: string): Uint8Array {
  return Buffer.from(hash('sha256', `\0${leaf}`, 'binary'), 'binary');
}
