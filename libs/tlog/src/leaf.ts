import { joined, utf8Bytes } from './bytes.ts';
import { type Sha256, sha256 as portableSha256 } from './sha256.ts';
import { TlogError } from './tlog-error.ts';

/**
 * The leaf: the canonical bytes of one event, stored as they are and hashed as they are. Everything
 * that is ever proven about the log is proven about leaves.
 */

/** A leaf's length goes into two bytes of a later tile format. */
export const MAX_LEAF_BYTES = 65_535;

/** A zero byte before a leaf, so that no leaf can pass for an inner node of the tree (RFC 6962). */
export const LEAF_PREFIX = Uint8Array.of(0);

/** The bytes of a leaf that was stored as text. @throws TlogError leaf_too_large */
export function bytesOfLeaf(leaf: string): Uint8Array {
  const bytes = utf8Bytes(leaf);
  if (bytes.length > MAX_LEAF_BYTES) {
    throw new TlogError(
      'leaf_too_large',
      `a leaf of ${bytes.length} bytes, at most ${MAX_LEAF_BYTES}`,
    );
  }
  return bytes;
}

/** SHA-256(0x00 ‖ leaf), 32 bytes. */
export function leafHash(leaf: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(joined(LEAF_PREFIX, leaf));
}
