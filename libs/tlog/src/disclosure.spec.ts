import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { fromBase64Url, toBase64, toBase64Url } from './base64.ts';
import { digestOf, disclose, disclosureOf, readDisclosure, saltOf } from './disclosure.ts';
import { DISCLOSURE_VECTOR as vector } from './event-format.vectors.ts';

const secret = new Uint8Array(32).fill(7);

describe('a disclosure', () => {
  it('is the vector of the event format', () => {
    expect(disclosureOf(vector.salt, vector.name, vector.value)).toBe(vector.disclosure);
    expect(digestOf(vector.disclosure)).toBe(vector.digest);
  });

  it('opens to the salt, name and value it was made of', () => {
    expect(readDisclosure(vector.disclosure)).toEqual({
      salt: vector.salt,
      name: vector.name,
      value: vector.value,
    });
  });

  it('has as its salt the first 16 bytes of the HMAC of its name', () => {
    const expected = createHmac('sha256', secret).update('narrative').digest().subarray(0, 16);
    expect(toBase64(saltOf(secret, 'narrative'))).toBe(expected.toString('base64'));
  });

  it('lies in the vault in the order of the sorted digests', () => {
    const made = disclose(secret, { narrative: 'one', asEntered: '1358C', name: 'two' });
    expect(made.digests).toEqual([...made.digests].sort());
    expect(made.disclosures.map((each) => digestOf(each))).toEqual(made.digests);
  });

  it('keeps any well-formed text as it came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text.isWellFormed());
        expect(readDisclosure(disclosureOf(vector.salt, 'narrative', text)).value).toBe(text);
      }),
    );
  });

  it.each([
    ['not base64url', 'Wy!'],
    ['not JSON', toBase64Url(Uint8Array.of(0x5b))],
    ['not UTF-8', toBase64Url(Uint8Array.of(0x22, 0xff, 0x22))],
    ['not an array', 'e30'],
    ['of two parts', toBase64Url(Buffer.from('["AA","name"]'))],
    ['of four parts', toBase64Url(Buffer.from('["AA","a","b","c"]'))],
  ])('is refused when it is %s', (_, text) => {
    expect(() => readDisclosure(text)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^malformed_/) }),
    );
  });
});

describe('base64', () => {
  it('is what Node writes and reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  it('has one spelling: left-over bits and stray letters are refused', () => {
    for (const text of ['AB', 'A', 'AA==', 'A+', 'A/']) {
      expect(() => fromBase64Url(text)).toThrow(
        expect.objectContaining({ code: 'malformed_base64' }),
      );
    }
  });
});
