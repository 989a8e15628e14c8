import { joined, utf8Bytes } from './bytes.ts';
import { type Sha256, sha256 as portableSha256 } from './sha256.ts';

/**
 * The chain over the leaf hashes in commit order. It stands outside the events, because one node of
 * several cannot know its predecessor: every node computes it as it follows, and two nodes agree on
 * everything up to event n if they agree on the chain at n.
 */

/** h(-1) = SHA-256(logId): the chain before the first event. */
export function chainStart(logId: string, sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(utf8Bytes(logId));
}

/** h(n) = SHA-256(h(n-1) ‖ leafHash(n)). */
export function chainNext(
  before: Uint8Array,
  leafHash: Uint8Array,
  sha256: Sha256 = portableSha256,
): Uint8Array {
  return sha256(joined(before, leafHash));
}

/** Whether two hashes are the same bytes. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
