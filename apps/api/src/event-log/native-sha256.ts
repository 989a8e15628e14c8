import { hash } from 'node:crypto';
import type { Sha256 } from '@ceasewatch/tlog/sha256';

/** SHA-256 of this process's OpenSSL: two to three times as fast as the portable one on a leaf. */
export const nativeSha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** The proof's `leafHash` of a leaf that is text: OpenSSL takes it as it is, without copies of its bytes. */
export function nativeLeafHash(leaf: string): Uint8Array {
  return hash('sha256', `\0${leaf}`, 'buffer');
}
