import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOfLeaf, leafHash } from '@ceasewatch/tlog/leaf';
import { nativeLeafHash } from './native-sha256.ts';

describe('the hash of a leaf as text', () => {
  it('is the hash of its bytes by the portable proof', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (leaf) => {
        fc.pre(leaf.isWellFormed());
        expect(Buffer.from(nativeLeafHash(leaf))).toEqual(Buffer.from(leafHash(bytesOfLeaf(leaf))));
      }),
    );
  });
});
