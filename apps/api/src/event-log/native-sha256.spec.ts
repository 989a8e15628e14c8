import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disclose } from '@ceasewatch/tlog/disclosure';
import { bytesOfLeaf, leafHash } from '@ceasewatch/tlog/leaf';
import { nativeDisclosureWriting, nativeLeafHash } from './native-sha256.ts';

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

describe('a disclosure written by this process', () => {
  it('is the one that the portable proof writes', () => {
    const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(secret, fc.string({ unit: 'grapheme' }), (bytes, narrative) => {
        fc.pre(narrative.isWellFormed());
        const values = { narrative, asEntered: '1358C' };
        expect(disclose(bytes, values, nativeDisclosureWriting)).toEqual(disclose(bytes, values));
      }),
    );
  });
});
