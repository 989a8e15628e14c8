import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compassArc } from './bearing.ts';
import { type ErrorCircle, inverse } from './geodesy.ts';
import { type KnownArea, relativeCircle, resolve, type Surroundings } from './resolve.ts';
import type { Unresolved } from './where.ts';

const unit = '019aa9c0-0000-7000-8000-0000000000b7';
const north84 = { value: 84_000, unit: 'mdeg', north: 'true' } as const;
const event = { lat: 39_991_241, lon: 46_927_118 };
/** Where the unit of the vector must have stood: 3,200 m back along 84 degrees. */
const stood: ErrorCircle = { lat: 39_988_234, lon: 46_889_855, errorM: 10 };

function square(id: string, kind: KnownArea['kind'], west: number, south: number): KnownArea {
  const [east, north] = [west + 100_000, south + 100_000];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { id, kind, geometry: { type: 'Polygon', coordinates: [ring] } };
}
const line: KnownArea = {
  id: 'line',
  kind: 'line',
  geometry: {
    type: 'LineString',
    coordinates: [
      [46_810_000, 39_950_000],
      [46_990_000, 39_950_000],
    ],
  },
};
const areas = [
  square('protected', 'protected', 46_900_000, 39_900_000),
  square('west', 'sector', 46_800_000, 39_900_000),
  square('east', 'sector', 46_900_000, 39_900_000),
  line,
];
const around: Surroundings = { areas, unitPosition: (id) => (id === unit ? stood : undefined) };

describe('a relative place', () => {
  it('resolves to the vector of the event format', () => {
    const place: Unresolved = {
      form: 'relative',
      unit,
      bearing: north84,
      range: { min: 3000, max: 3400 },
    };
    expect(resolve(place, around)).toEqual({
      ...event,
      errorM: 320,
      method: 'relative.1',
      sector: 'east',
    });
  });

  it('off magnetic north resolves where the declared declination points', () => {
    const place: Unresolved = {
      form: 'relative',
      unit,
      bearing: { value: 77_660, unit: 'mdeg', north: 'magnetic', declinationMdeg: 6340 },
      range: { min: 3000, max: 3400 },
    };
    expect(resolve(place, around)).toMatchObject(event);
  });

  it('in mils resolves to within half a mil of degrees', () => {
    const place: Unresolved = {
      form: 'relative',
      unit,
      bearing: { value: 1493, unit: 'mil6400', north: 'true' },
      range: { min: 3000, max: 3400 },
    };
    const resolved = resolve(place, around);
    expect(resolved && inverse(resolved, event).metres).toBeLessThan(3.2);
  });

  it('without a range is no position', () => {
    expect(
      resolve(
        { form: 'relative', unit, bearing: north84, range: { unknown: 'not_known' } },
        around,
      ),
    ).toBeUndefined();
  });

  it('of a unit that stood nowhere is no position', () => {
    expect(
      resolve(
        { form: 'relative', unit: 'other', bearing: north84, range: { min: 1, max: 2 } },
        around,
      ),
    ).toBeUndefined();
  });

  it('has an error that grows with range, width and the unit’s own error', () => {
    const exact = { ...stood, errorM: 0 };
    expect(relativeCircle(exact, north84, { min: 3200, max: 3200 }).errorM).toBe(220);
    expect(relativeCircle(exact, north84, { min: 1000, max: 5000 }).errorM).toBe(2300);
    expect(
      relativeCircle({ ...stood, errorM: 300 }, north84, { min: 3000, max: 3400 }).errorM,
    ).toBe(440);
    expect(relativeCircle(exact, compassArc('NNE'), { min: 3000, max: 3400 }).errorM).toBe(680);
    expect(relativeCircle(exact, compassArc('NE'), { min: 3000, max: 3400 }).errorM).toBe(1300);
  });

  it('at the unit itself still has an error of a metre', () => {
    expect(relativeCircle({ ...stood, errorM: 0 }, north84, { min: 0, max: 0 })).toEqual({
      lat: stood.lat,
      lon: stood.lon,
      errorM: 1,
    });
  });

  it('of a sector is never further off than its farthest corner', () => {
    const range = fc
      .tuple(fc.nat(20_000), fc.nat(20_000))
      .map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));
    fc.assert(
      fc.property(
        range,
        fc.nat(359_999),
        fc.integer({ min: 1, max: 359_999 }),
        (told, from, width) => {
          const arc = { from, to: (from + width) % 360_000, unit: 'mdeg', north: 'true' } as const;
          const circle = relativeCircle({ ...stood, errorM: 0 }, arc, told);
          expect(circle.errorM).toBeLessThanOrEqual(2 * told.max * 1.05 + 1);
          expect(Math.abs(inverse(stood, circle).metres - (told.min + told.max) / 2)).toBeLessThan(
            0.2,
          );
        },
      ),
    );
  });
});

describe('a point', () => {
  it('resolves to itself', () => {
    expect(resolve({ form: 'point', ...event, errorM: 25 }, around)).toEqual({
      ...event,
      errorM: 25,
      method: 'point.1',
      sector: 'east',
    });
  });

  it('of an SK-42 map resolves 100 m from its figures', () => {
    const resolved = resolve({ form: 'point', ...event, errorM: 25, datum: 'sk42' }, around);
    expect(resolved).toMatchObject({ method: 'sk42.1', errorM: 25 });
    expect(resolved && Math.abs(inverse(event, resolved).metres - 100)).toBeLessThan(1);
  });

  it('outside every sector is in none', () => {
    expect(resolve({ form: 'point', lat: 0, lon: 0, errorM: 25 }, around)?.sector).toBeNull();
  });
});

describe('a stretch of a line', () => {
  it('resolves to its middle, with an error to its ends', () => {
    const resolved = resolve({ form: 'line', line: 'line', fromM: 1000, toM: 5000 }, around);
    expect(resolved).toMatchObject({ errorM: 2000, method: 'line.1', sector: 'west' });
    const begins = { lat: 39_950_000, lon: 46_810_000 };
    expect(resolved && Math.abs(inverse(begins, resolved).metres - 3000)).toBeLessThan(1);
  });

  it('across two sectors is in neither', () => {
    expect(resolve({ form: 'line', line: 'line' }, around)).toMatchObject({
      lat: 39_950_035,
      errorM: 7700,
      sector: null,
    });
  });

  it('known by name alone is no position', () => {
    expect(resolve({ form: 'line', name: 'line of contact' }, around)).toBeUndefined();
    expect(resolve({ form: 'line', line: 'east' }, around)).toBeUndefined();
  });
});

describe('an area', () => {
  it('resolves to its middle, with an error to its corners', () => {
    const resolved = resolve({ form: 'area', area: 'protected' }, around);
    expect(resolved).toEqual({
      lat: 39_950_000,
      lon: 46_950_000,
      errorM: 7000,
      method: 'area.1',
      sector: 'east',
    });
  });

  it('that is a sector lies in itself', () => {
    expect(resolve({ form: 'area', area: 'west' }, around)?.sector).toBe('west');
  });

  it('named by a source resolves to where the source puts it, in no sector', () => {
    const near = { ...event, errorM: 25_000 };
    expect(resolve({ form: 'area', name: 'Agdam rayon', near }, around)).toEqual({
      ...near,
      method: 'named.1',
      sector: null,
    });
  });
});

it('an unknown place is no position', () => {
  expect(resolve({ form: 'unknown', reason: 'not_known' }, around)).toBeUndefined();
});
