import { describe, expect, it } from '@jest/globals';
import {
  acledOf,
  errorMOf,
  PRECISION_CLASSES,
  precisionOf,
  precisionOfAcled,
  precisionOfUcdp,
  ucdpOf,
} from './place-precision.ts';

describe('the precision of a place', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('of UCDP where_prec %i comes back from its class', (wherePrec) => {
    const precision = precisionOfUcdp(wherePrec);
    expect(precision && ucdpOf(precision)).toBe(wherePrec);
  });

  it.each([1, 2, 3])('of ACLED geo_precision %i comes back from its class', (geoPrecision) => {
    const precision = precisionOfAcled(geoPrecision);
    expect(precision && acledOf(precision)).toBe(geoPrecision);
  });

  it('has no class for numbers that the codebooks do not have', () => {
    expect([0, 8, 1.5, Number.NaN].map(precisionOfUcdp)).toEqual(Array(4).fill(undefined));
    expect([0, 4, -1].map(precisionOfAcled)).toEqual(Array(3).fill(undefined));
  });

  it('has no number for what is not known', () => {
    expect([ucdpOf('unknown'), acledOf('unknown'), errorMOf('unknown')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(PRECISION_CLASSES.filter((precision) => ucdpOf(precision) === undefined)).toEqual([
      'unknown',
    ]);
  });

  it('tells a distance only where the class does', () => {
    expect(errorMOf('within_25_km')).toBe(25_000);
    expect(errorMOf('line_or_fuzzy_area')).toBeUndefined();
  });

  it('of a stored place follows from its form and its error', () => {
    const resolved = {
      lat: 39_991_241,
      lon: 46_927_118,
      errorM: 320,
      method: 'point.1',
      sector: null,
    } as const;
    const point = {
      form: 'point',
      lat: 39_991_241,
      lon: 46_927_118,
      errorM: 320,
      resolved,
    } as const;
    const within = (errorM: number) => precisionOf({ ...point, resolved: { ...resolved, errorM } });
    expect([10, 100, 320, 5000, 90_000].map(within)).toEqual([
      'within_10_m',
      'within_100_m',
      'within_1_km',
      'within_25_km',
      'line_or_fuzzy_area',
    ]);
    expect(precisionOf({ form: 'line', name: 'line of contact' })).toBe('line_or_fuzzy_area');
    expect(precisionOf({ form: 'unknown', reason: 'not_known' })).toBe('unknown');
  });
});
