import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { divideHalfEven, roundComputed, scaledHalfEven, twoSignificantDigits } from './decimal.ts';

describe('rounding half to even from the decimal text', () => {
  it.each([
    ['0.5', 0, 0],
    ['1.5', 0, 2],
    ['2.5', 0, 2],
    ['-2.5', 0, -2],
    ['2.5000000000000000000001', 0, 3],
    ['39.8201', 6, 39820100],
    ['39.82010000000000123', 6, 39820100],
    ['0.0000005', 6, 0],
    ['0.0000015', 6, 2],
    ['5e-324', 6, 0],
    ['1e-400', 6, 0],
    ['-0', 6, 0],
    ['1.2e3', 0, 1200],
  ])('%s at %i digits is %i', (text, digits, wanted) => {
    expect(scaledHalfEven(text, digits)).toBe(wanted);
  });

  it('reads the double 1.005 as the text 1.005, not as what multiplication makes of it', () => {
    expect(1.005 * 100).not.toBe(100.5);
    expect(scaledHalfEven(1.005, 2)).toBe(100);
    expect(scaledHalfEven(1.015, 2)).toBe(102);
  });

  it.each([
    '',
    ' 1',
    '1,5',
    '0x10',
    'NaN',
    'Infinity',
    '1e999',
    '1e',
    '.5',
    '１',
    '9007199254740993',
  ])('does not take %j for a number it can hold', (text) => {
    expect(scaledHalfEven(text, 0)).toBeUndefined();
  });

  it('never yields minus zero', () => {
    expect(Object.is(scaledHalfEven(-0, 6), 0)).toBe(true);
    expect(Object.is(scaledHalfEven('-0.0000001', 6), 0)).toBe(true);
    expect(Object.is(divideHalfEven(-1, 4), 0)).toBe(true);
  });

  it('rounds a double as it rounds the text that is written for it', () => {
    const some = fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.integer({ min: -2e9, max: 2e9 }).map((n) => n / 1e6),
      fc.integer({ min: -2e9, max: 2e9 }).map((n) => n / 2e6),
    );
    fc.assert(
      fc.property(some, fc.nat(7), (value, digits) => {
        expect(scaledHalfEven(value, digits)).toBe(scaledHalfEven(String(value), digits));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is the same by doubles, where they are exact, as by whole numbers of any length', () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    const digits = (minLength: number) => fc.array(digit, { minLength, maxLength: 9 });
    fc.assert(
      fc.property(digits(1), digits(0), fc.nat(15), (whole, fraction, shift) => {
        const [before, after] = [whole.join(''), fraction.join('')];
        fc.pre(shift >= after.length);
        const exact = Number(BigInt(before + after) * 10n ** BigInt(shift - after.length));
        fc.pre(Number.isSafeInteger(exact));
        const text = after === '' ? before : `${before}.${after}`;
        expect(scaledHalfEven(text, shift)).toBe(exact);
        expect(scaledHalfEven(`-${text}`, shift)).toBe(exact === 0 ? 0 : -exact);
      }),
    );
  });

  it('gives an integer back unchanged from its scaled text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -180_000_000, max: 180_000_000 }), (micro) => {
        expect(scaledHalfEven(micro / 1e6, 6)).toBe(micro);
      }),
    );
  });

  it('is never further than half a unit from the exact quotient', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 400_000 }), (n, d) => {
        expect(Math.abs(divideHalfEven(n, d) * d - n) * 2).toBeLessThanOrEqual(d);
      }),
    );
  });

  it('throws when a computation went wrong instead of storing its result', () => {
    expect(() => roundComputed(Number.NaN, 6)).toThrow(RangeError);
  });

  it.each([
    [0, 1],
    [0.4, 1],
    [7.2, 7],
    [99.4, 99],
    [160.66, 160],
    [321.3, 320],
    [12_449, 12_000],
  ])('tells an error of %d m as %d m', (metres, told) => {
    expect(twoSignificantDigits(metres)).toBe(told);
  });
});
