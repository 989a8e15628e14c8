import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { toBase64 } from './base64.ts';
import { canonicalJson } from './canonical-json.ts';
import { chainNext, chainStart, sameHash } from './chain.ts';
import { EVENT_VECTORS, LOG_ID } from './event-format.vectors.ts';
import { bytesOfLeaf, leafHash, MAX_LEAF_BYTES } from './leaf.ts';

const native = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('leaf and chain', () => {
  it('hash the vectors of the event format', () => {
    let chain = chainStart(LOG_ID);
    for (const vector of EVENT_VECTORS) {
      const hash = leafHash(bytesOfLeaf(canonicalJson(JSON.parse(vector.leaf))));
      chain = chainNext(chain, hash);
      expect(toBase64(hash)).toBe(vector.leafHash);
      expect(toBase64(chain)).toBe(vector.chain);
    }
  });

  it('are the same with any implementation of SHA-256', () => {
    const leaf = bytesOfLeaf(EVENT_VECTORS[1].leaf);
    expect(sameHash(leafHash(leaf, native), leafHash(leaf))).toBe(true);
    expect(sameHash(chainStart(LOG_ID, native), chainStart(LOG_ID))).toBe(true);
  });

  it('differ when one bit of a leaf differs', () => {
    const leaf = bytesOfLeaf(EVENT_VECTORS[0].leaf);
    const flipped = Uint8Array.from(leaf);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    expect(sameHash(leafHash(leaf), leafHash(flipped))).toBe(false);
  });

  it('take a leaf of 65,535 bytes and refuse one more', () => {
    const overhead = '{"a":""}'.length;
    const text = (length: number) => `{"a":"${'x'.repeat(length - overhead)}"}`;
    expect(bytesOfLeaf(text(MAX_LEAF_BYTES))).toHaveLength(65_535);
    expect(() => bytesOfLeaf(text(MAX_LEAF_BYTES + 1))).toThrow(
      expect.objectContaining({ code: 'leaf_too_large' }),
    );
  });

  it('count bytes of UTF-8, not letters', () => {
    expect(() => bytesOfLeaf(JSON.stringify({ a: 'Ա'.repeat(33_000) }))).toThrow(
      expect.objectContaining({ code: 'leaf_too_large' }),
    );
  });
});
