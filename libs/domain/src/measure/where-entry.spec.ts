import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../refusal.ts';
import { type PlaceRules, readWhere, whereEntrySchema } from './where-entry.ts';
import { whereSchema } from './where.ts';

const unit = '019aa9c0-0000-7000-8000-0000000000b7';
const sector = '019aa9c0-0000-7000-8000-0000000000c2';
const line = '019aa9c0-0000-7000-8000-0000000000c3';
const rules: PlaceRules = {
  box: { west: 45_500_000, south: 38_800_000, east: 48_000_000, north: 40_800_000 },
  unitPosition: (id) =>
    id === unit ? { lat: 39_988_234, lon: 46_889_855, errorM: 10 } : undefined,
  areas: [
    {
      id: sector,
      kind: 'sector',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [46_000_000, 39_000_000],
            [47_500_000, 39_000_000],
            [47_500_000, 40_500_000],
            [46_000_000, 40_500_000],
            [46_000_000, 39_000_000],
          ],
        ],
      },
    },
    {
      id: line,
      kind: 'line',
      geometry: {
        type: 'LineString',
        coordinates: [
          [46_810_000, 39_950_000],
          [46_990_000, 39_950_000],
        ],
      },
    },
  ],
};
const read = (entry: unknown) => readWhere(whereEntrySchema.parse(entry), rules);
const direction = {
  bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
  range: { min: 3000, max: 3400 },
};

function refused(entry: unknown): string {
  try {
    return `accepted: ${JSON.stringify(read(entry).where)}`;
  } catch (error) {
    if (error instanceof Refusal)
      return error.refused.map((each) => `${each.field} ${each.reason}`).join();
    throw error;
  }
}

describe('a place as it is entered', () => {
  it('timed from flash to bang is stored as the range that it means', () => {
    const flashToBang = { seconds: 10, temperatureC: 15 };
    const { where } = read({ form: 'relative', unit, ...direction, range: { flashToBang } });
    expect(where).toMatchObject({ range: { min: 3204, max: 3604 } });
    const asleep = { form: 'relative', unit, ...direction };
    expect(
      whereEntrySchema.safeParse({ ...asleep, range: { flashToBang: { seconds: 0 } } }).success,
    ).toBe(false);
  });

  it('relative to a unit becomes the vector of the event format', () => {
    expect(read({ form: 'relative', unit, ...direction })).toEqual({
      where: {
        form: 'relative',
        unit,
        ...direction,
        resolved: { errorM: 320, lat: 39_991_241, lon: 46_927_118, method: 'relative.1', sector },
      },
      warnings: [],
    });
  });

  it('in degrees becomes 1e-6 degrees with a declared error, or one of 100 m', () => {
    const { where } = read({ form: 'point', lat: 39.8201, lon: 46.7523, alt: 412.5, errorM: 30 });
    expect(where).toEqual({
      form: 'point',
      lat: 39_820_100,
      lon: 46_752_300,
      altM: 412,
      errorM: 30,
      resolved: { lat: 39_820_100, lon: 46_752_300, errorM: 30, method: 'point.1', sector },
    });
    expect(read({ form: 'point', lat: 39.8201, lon: 46.7523 }).where).toMatchObject({
      errorM: 100,
    });
  });

  it('of an SK-42 map keeps its figures and says so', () => {
    expect(read({ form: 'point', lat: 39.993, lon: 46.93, datum: 'sk42' }).where).toMatchObject({
      lat: 39_993_000,
      lon: 46_930_000,
      datum: 'sk42',
      resolved: { lat: 39_992_910, lon: 46_928_832, method: 'sk42.1' },
    });
    expect(
      read({ form: 'point', lat: 39.993, lon: 46.93, datum: 'wgs84' }).where,
    ).not.toHaveProperty('datum');
  });

  it('as a grid reference becomes a point that keeps the reference and its precision', () => {
    expect(read({ form: 'mgrs', mgrs: '38s pk 6476 2876' }).where).toMatchObject({
      form: 'point',
      mgrs: '38SPK64762876',
      errorM: 10,
      resolved: { errorM: 10, method: 'mgrs.1', sector },
    });
    expect(read({ form: 'mgrs', mgrs: '38SPK64762876', errorM: 50 }).where).toMatchObject({
      errorM: 50,
    });
    expect(read({ form: 'mgrs', mgrs: '38SPK6428', errorM: 50 }).where).toMatchObject({
      errorM: 1000,
    });
  });

  it.each([
    { form: 'relative', unit, ...direction, range: { unknown: 'not_known' } },
    {
      form: 'relative',
      unit,
      sector: { from: 6300, to: 100, unit: 'mil6400', north: 'true' },
      range: { min: 1000, max: 5000 },
    },
    { form: 'line', line, fromM: 1000, toM: 5000 },
    { form: 'line', name: 'line of contact' },
    { form: 'area', area: sector },
    { form: 'area', name: 'Agdam rayon', near: { lat: 39.9, lon: 46.9, errorM: 25_000 } },
    { form: 'unknown', reason: 'not_known' },
  ])('is stored in its own form: %j', (entry) => {
    const { where } = read(entry);
    expect(where.form).toBe(entry.form);
    expect(whereSchema.parse(where)).toEqual(where);
  });

  it('is warned of when it looks like a mistake', () => {
    expect(read({ form: 'point', lat: 0, lon: 0 }).warnings).toMatchObject([
      { code: 'null_island', field: 'where' },
    ]);
    expect(read({ form: 'point', lat: 46.7523, lon: 39.8201 }).warnings).toMatchObject([
      { code: 'axes_swapped', field: 'where' },
    ]);
    expect(
      read({ form: 'area', name: 'Agdam', near: { lat: 46.7523, lon: 39.8201, errorM: 1 } })
        .warnings,
    ).toMatchObject([{ field: 'where.near' }]);
  });

  it.each([
    [{ form: 'relative', unit: sector, ...direction }, 'where.unit unit_without_position'],
    [{ form: 'mgrs', mgrs: '38TPK64762876' }, 'where.mgrs grid_band_or_square'],
    [{ form: 'mgrs', mgrs: '64762876' }, 'where.mgrs grid_square_missing'],
    [{ form: 'area', area: unit }, 'where.area unknown_area'],
    [{ form: 'area', area: line }, 'where.area unknown_area'],
    [{ form: 'line', line: sector }, 'where.line unknown_line'],
    [{ form: 'line', line, fromM: 0, toM: 20_000 }, 'where.toM beyond_the_line'],
  ])('is refused: %j', (entry, reason) => {
    expect(refused(entry)).toBe(reason);
  });

  it.each([
    ['a client’s own resolution', { form: 'unknown', reason: 'not_known', resolved: {} }],
    ['text for numbers', { form: 'point', lat: '39.8201', lon: '46.7523' }],
    [
      'a polluted prototype',
      JSON.parse('{"form":"point","lat":39.8,"lon":46.7,"__proto__":{"admin":true}}'),
    ],
    ['an infinite latitude', JSON.parse('{"form":"point","lat":1e400,"lon":46.7}')],
    ['an array', [46.7523, 39.8201]],
    ['a bare grid reference', '38S NJ 12345 67890'],
    ['a datum nobody uses', { form: 'point', lat: 39.8, lon: 46.7, datum: 'ed50' }],
  ])('does not have the shape of %s', (_what, entry) => {
    expect(whereEntrySchema.safeParse(entry).success).toBe(false);
  });
});
