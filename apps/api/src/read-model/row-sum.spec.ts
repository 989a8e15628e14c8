import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSum, rowSum, sumMove, type Value, withSum } from './row-sum.ts';

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.maxSafeInteger(),
  fc.constant(null),
);
const row = fc.array(value, { minLength: 1, maxLength: 24 });

describe('the sum of a row', () => {
  it('is another where a value is another', () => {
    fc.assert(
      fc.property(row, fc.nat(), value, (values, n, other) => {
        const at = n % values.length;
        // Nothing counts as -1: no flipped bit makes the one of the other.
        fc.pre((values[at] ?? -1) !== (other ?? -1));
        expect(rowSum(values.with(at, other))).not.toBe(rowSum(values));
      }),
    );
  });

  it('is another where a bit of a number is another, up to the largest', () => {
    fc.assert(
      fc.property(row, fc.nat(), fc.maxSafeNat(), fc.nat(52), (values, n, number, bit) => {
        const at = n % values.length;
        const flipped = Number(BigInt(number) ^ (1n << BigInt(bit)));
        expect(rowSum(values.with(at, flipped))).not.toBe(rowSum(values.with(at, number)));
      }),
    );
  });

  it('moves with a number as if all of it were made again', () => {
    fc.assert(
      fc.property(
        row,
        fc.nat(),
        fc.maxSafeInteger(),
        fc.maxSafeInteger(),
        (values, n, one, two) => {
          const at = n % values.length;
          const moved = BigInt(rowSum(values.with(at, one))) + BigInt(sumMove(at, one, two));
          expect(Number(moved & 0xffff_ffffn)).toBe(rowSum(values.with(at, two)));
        },
      ),
    );
  });

  it('stands at the end of the row that it is of', () => {
    const values = withSum(7, 'a', null);
    expect(values).toEqual([7, 'a', null, rowSum([7, 'a', null])]);
    expect(() => checkSum([7, 'a', null], values[3], 'a row')).not.toThrow();
    expect(() => checkSum([7, null, 'a'], values[3], 'a row')).toThrow('a row is not what');
  });
});
