import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { millisOf, storedInstant } from './stored-instant.ts';

describe('a stored instant', () => {
  test('is the same milliseconds as the engine reads in it, in any year that can be stored', () => {
    const years = {
      min: new Date('0100-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
    };
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        expect(millisOf(date.toISOString())).toBe(date.getTime());
        expect(storedInstant(date.getTime())).toBe(date.toISOString());
      }),
    );
  });

  test('with other digits is read too', () => {
    expect(millisOf('2026-08-15T04:05:06Z')).toBe(Date.UTC(2026, 7, 15, 4, 5, 6));
  });
});
