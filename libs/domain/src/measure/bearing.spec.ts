import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../refusal.ts';
import { ANGLE_UNITS, CIRCLE, convertAngle, trueArc, trueMdeg } from './angle.ts';
import {
  arcSchema,
  type Bearing,
  bearingSchema,
  compassArc,
  echoBearing,
  gridConvergenceMdeg,
  readBearing,
} from './bearing.ts';

describe('a bearing', () => {
  it('has value, unit and north, as in the vector of the event format', () => {
    const vector = { north: 'true', unit: 'mdeg', value: 84_000 };
    expect(bearingSchema.parse(vector)).toEqual(vector);
    expect(readBearing('084', 'mdeg', { north: 'true' })).toEqual(vector);
  });

  it('of 270 degrees is 4800 of 6400 mils and 4500 of 6000', () => {
    const west: Bearing = { value: 270_000, unit: 'mdeg', north: 'true' };
    expect(echoBearing(west)).toEqual({
      mdeg: 270_000,
      mil6400: 4800,
      mil6000: 4500,
      trueMdeg: 270_000,
    });
  });

  it('of 4800 mils is 288 degrees when read on the other circle', () => {
    expect(echoBearing({ value: 4800, unit: 'mil6400', north: 'true' })).toMatchObject({
      mdeg: 270_000,
      mil6000: 4500,
      misreadMdeg: 288_000,
    });
  });

  it('of 6100 mils cannot be on a circle of 6000', () => {
    expect(
      echoBearing({ value: 6100, unit: 'mil6400', north: 'true' }).misreadMdeg,
    ).toBeUndefined();
    expect(bearingSchema.safeParse({ value: 6100, unit: 'mil6000', north: 'true' }).success).toBe(
      false,
    );
  });

  it('off magnetic north carries the declared declination: 6.34 degrees east in February 2021', () => {
    const magnetic: Bearing = {
      value: 84_000,
      unit: 'mdeg',
      north: 'magnetic',
      declinationMdeg: 6340,
    };
    expect(trueMdeg(magnetic)).toBe(90_340);
    expect(
      bearingSchema.safeParse({ value: 84_000, unit: 'mdeg', north: 'magnetic' }).success,
    ).toBe(false);
  });

  it('off grid north carries the convergence, 1.24 degrees at Aghdam', () => {
    expect(gridConvergenceMdeg(39_993_000, 46_930_000)).toBe(1241);
    expect(trueMdeg({ value: 359_500, unit: 'mdeg', north: 'grid', convergenceMdeg: 1241 })).toBe(
      741,
    );
  });

  it('off magnetic north and unlabelled misses by some 555 m at 5 km', () => {
    const miss = 2 * 5000 * Math.sin((6.34 * Math.PI) / 360);
    expect(Math.abs(miss - 555)).toBeLessThan(5);
  });

  it.each([
    { value: 360_000, unit: 'mdeg', north: 'true' },
    { value: -1, unit: 'mdeg', north: 'true' },
    { value: 84.5, unit: 'mdeg', north: 'true' },
    { value: 6400, unit: 'mil6400', north: 'true' },
    { value: 6000, unit: 'mil6000', north: 'true' },
    { value: 84_000, unit: 'mil6400', north: 'true' },
    { value: 84_000, unit: 'deg', north: 'true' },
    { value: 84_000, unit: 'mdeg' },
    { value: 84_000, unit: 'mdeg', north: true },
    { value: 84_000, unit: 'mdeg', north: 'true', declinationMdeg: 6340 },
  ])('is not %j', (wrong) => {
    expect(bearingSchema.safeParse(wrong).success).toBe(false);
  });

  it.each([
    ['360', 'mdeg', 0],
    ['84.5', 'mdeg', 84_500],
    ['84.00049', 'mdeg', 84_000],
    ['6400', 'mil6400', 0],
    ['0005', 'mil6000', 5],
  ] as const)('typed as %s in %s is %i', (text, unit, value) => {
    expect(readBearing(text, unit, { north: 'true' }).value).toBe(value);
  });

  it.each([
    ['361', 'mdeg', 'beyond_the_circle'],
    ['-1', 'mdeg', 'beyond_the_circle'],
    ['6001', 'mil6000', 'beyond_the_circle'],
    ['12.5', 'mil6400', 'not_a_bearing'],
    ['84,5', 'mdeg', 'not_a_bearing'],
    ['', 'mdeg', 'not_a_bearing'],
  ] as const)('typed as %j in %s is refused: %s', (text, unit, reason) => {
    expect(() => readBearing(text, unit, { north: 'true' })).toThrow(Refusal);
    try {
      readBearing(text, unit, { north: 'true' });
    } catch (error) {
      expect(error instanceof Refusal && error.refused[0]?.reason).toBe(reason);
    }
  });

  it('survives the way through a finer unit', () => {
    fc.assert(
      fc.property(fc.constantFrom('mil6400', 'mil6000'), fc.nat(5999), (unit, mils) => {
        expect(convertAngle(convertAngle(mils, unit, 'mdeg'), 'mdeg', unit)).toBe(mils);
      }),
    );
  });

  it('stays within the circle of its unit whatever it is converted to', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ANGLE_UNITS),
        fc.constantFrom(...ANGLE_UNITS),
        fc.nat(359_999),
        (from, to, value) => {
          const converted = convertAngle(value % CIRCLE[from], from, to);
          expect(converted).toBeGreaterThanOrEqual(0);
          expect(converted).toBeLessThan(CIRCLE[to]);
        },
      ),
    );
  });

  it('is converted half to even: half a mil goes to the even one', () => {
    expect(convertAngle(28_125, 'mdeg', 'mil6400')).toBe(500);
    expect(convertAngle(28, 'mdeg', 'mil6400')).toBe(0);
    expect(convertAngle(2, 'mil6400', 'mdeg')).toBe(112);
    expect(convertAngle(6, 'mil6400', 'mdeg')).toBe(338);
  });
});

describe('an arc', () => {
  it('is what a compass word tells', () => {
    expect(compassArc('NNE')).toEqual({ from: 11_250, to: 33_750, unit: 'mdeg', north: 'true' });
    expect(compassArc('n')).toEqual({ from: 337_500, to: 22_500, unit: 'mdeg', north: 'true' });
    expect(compassArc('NE', 16)).toMatchObject({ from: 33_750, to: 56_250 });
    expect(() => compassArc('northish')).toThrow(Refusal);
  });

  it('goes clockwise over north', () => {
    expect(trueArc(compassArc('N'))).toEqual({ fromMdeg: 337_500, widthMdeg: 45_000 });
    expect(
      trueArc({ from: 6300, to: 100, unit: 'mil6400', north: 'grid', convergenceMdeg: 1241 }),
    ).toEqual({
      fromMdeg: 355_616,
      widthMdeg: 11_250,
    });
  });

  it('is never empty and never beyond its circle', () => {
    expect(arcSchema.safeParse({ from: 10, to: 10, unit: 'mdeg', north: 'true' }).success).toBe(
      false,
    );
    expect(
      arcSchema.safeParse({ from: 10, to: 6000, unit: 'mil6000', north: 'true' }).success,
    ).toBe(false);
    expect(arcSchema.parse(compassArc('WSW'))).toEqual(compassArc('WSW'));
  });
});
