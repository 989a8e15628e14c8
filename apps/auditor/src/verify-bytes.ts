import { chainNext } from '@ceasewatch/tlog/chain';
import { leafHash } from '@ceasewatch/tlog/leaf';
import { Flaw } from './flaw.ts';
import type { LogRow } from './log-row.ts';
import { nativeSha256 } from './native-sha256.ts';
import { sameBytes } from './same-bytes.ts';

/**
 * A leaf has the hash that was recorded of it, and that hash follows the chain before it.
 *
 * @param before the chain at the event before; undefined where nobody knows it
 * @throws Flaw leaf_altered, chain_broken
 */
export function checkBytes(
  { seq, leaf, leafHash: recorded, chain }: LogRow,
  before: () => Uint8Array | undefined,
): void {
  if (!sameBytes(leafHash(leaf, nativeSha256), recorded)) {
    throw new Flaw(seq, 'leaf_altered', 'the leaf does not have the hash that was recorded');
  }
  const known = before();
  if (known !== undefined && !sameBytes(chainNext(known, recorded, nativeSha256), chain)) {
    throw new Flaw(seq, 'chain_broken', 'it does not follow the event before it');
  }
}
