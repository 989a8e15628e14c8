import { Flaw } from './flaw.ts';
import type { LeafBytes } from './leaf-bytes.ts';
import type { LogLink } from './log-row.ts';
import { sha256Hex } from './native-sha256.ts';

/**
 * A leaf has the hash that was recorded of it, and that hash follows the chain before it.
 *
 * @param bytes of the row's leaf
 * @param before the chain at the event before; undefined where nobody knows it
 * @throws Flaw leaf_altered, chain_broken
 */
export function checkBytes(
  { seq, leafHash, chain }: LogLink,
  bytes: LeafBytes,
  before: () => string | undefined,
): void {
  if (sha256Hex(bytes.hashed) !== leafHash) {
    throw new Flaw(seq, 'leaf_altered', 'the leaf does not have the hash that was recorded');
  }
  const known = before();
  if (known !== undefined && chainAfter(known, leafHash) !== chain) {
    throw new Flaw(seq, 'chain_broken', 'it does not follow the event before it');
  }
}

const HASH_LETTERS = 64;
const pair = Buffer.alloc(HASH_LETTERS);

/** `chainNext` of hashes in hexadecimal. */
export function chainAfter(before: string, leafHash: string): string {
  const both = before + leafHash;
  if (both.length !== 2 * HASH_LETTERS) return sha256Hex(Buffer.from(both, 'hex'));
  pair.write(both, 'hex');
  return sha256Hex(pair);
}
