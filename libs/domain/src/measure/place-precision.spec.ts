import { describe, expect, it } from '@jest/globals';
import { errorMOf, precisionOfUcdp } from './place-precision.ts';

describe('the precision of a place', () => {
  it.each([
    [1, 'within_1_km', 1000],
    [2, 'within_25_km', 25_000],
    [3, 'district', undefined],
    [4, 'province', undefined],
    [5, 'line_or_fuzzy_area', undefined],
    [6, 'country', undefined],
    [7, 'sea_or_air', undefined],
  ] as const)('of UCDP where_prec %i is %s, and its radius %p', (wherePrec, precision, errorM) => {
    expect(precisionOfUcdp(wherePrec)).toBe(precision);
    expect(errorMOf(precision)).toBe(errorM);
  });

  it('has no class for numbers that the codebook does not have', () => {
    expect([0, 8, 1.5, Number.NaN].map(precisionOfUcdp)).toEqual(Array(4).fill(undefined));
  });
});
