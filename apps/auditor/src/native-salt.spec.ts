import { describe, expect, it } from '@jest/globals';
import { saltOf } from '@ceasewatch/tlog/disclosure';
import { NativeSalt } from './native-salt.ts';

describe('a salt by OpenSSL', () => {
  it('is the salt of the format, for any secret and name, whatever was asked before', () => {
    const native = new NativeSalt();
    const names = ['narrative', 'asEntered', 'имя', '', 'n'.repeat(133), 'n'.repeat(134)];
    for (const length of [32, 32, 31, 0, 33, 64, 65, 32]) {
      for (const name of names) {
        const secret = Buffer.alloc(length, length + name.length);
        const salt = native.of(secret.toString('hex').toUpperCase(), name);
        expect(salt).toBe(Buffer.from(saltOf(secret, name)).toString('hex').toUpperCase());
      }
    }
  });
});
