import { describe, expect, it } from '@jest/globals';
import type { Where } from '@ceasewatch/domain/measure/where';
import { inverse } from '@ceasewatch/domain/measure/geodesy';
import { type Ground, placeShapes } from './place-shapes.ts';

const UNIT = '019aa9c0-0000-7000-8000-0000000000b7';
const LINE = '019aa9c0-0000-7000-8000-0000000000c9';
const POST = { lat: 39_988_230, lon: 46_889_860 };
const GROUND: Ground = {
  unitPosition: () => POST,
  geometry: () => ({
    type: 'LineString',
    coordinates: [
      [46_900_000, 40_000_000],
      [46_900_000, 40_100_000],
    ],
  }),
};
const RELATIVE: Where = {
  form: 'relative',
  unit: UNIT,
  bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
  range: { min: 3000, max: 3400 },
  resolved: { lat: 39_991_241, lon: 46_927_118, errorM: 320, method: 'relative.1', sector: null },
};

const parts = (where: Where) => placeShapes(where, GROUND).map(({ properties: { part } }) => part);
const metres = (one: readonly number[], other: readonly number[]) =>
  inverse(at(one), at(other)).metres;
const at = ([lon = 0, lat = 0]: readonly number[]) => ({
  lat: Math.round(lat * 1e6),
  lon: Math.round(lon * 1e6),
});

describe('a place on the map', () => {
  it('told by bearing and range is a ray from where the unit stood then, with span and ring', () => {
    expect(parts(RELATIVE)).toEqual(['ray', 'span', 'ring']);
    const [ray] = placeShapes(RELATIVE, { ...GROUND, unitPosition: () => ({ lat: 0, lon: 0 }) });
    const [from = [], to = []] =
      ray?.geometry.type === 'LineString' ? ray.geometry.coordinates : [];
    expect(metres(from, [POST.lon / 1e6, POST.lat / 1e6])).toBeLessThan(2);
    expect(metres(from, to)).toBeCloseTo(3400, -1);
  });

  it('has a ring as wide as its error', () => {
    const ring = placeShapes(RELATIVE, GROUND).at(-1);
    const corners = ring?.geometry.type === 'Polygon' ? (ring.geometry.coordinates[0] ?? []) : [];
    for (const corner of corners) {
      expect(metres(corner, [46.927118, 39.991241])).toBeGreaterThan(316);
      expect(metres(corner, [46.927118, 39.991241])).toBeLessThan(324);
    }
  });

  it('told by a compass word is a wedge', () => {
    const { bearing: _, resolved: _resolved, ...rest } = RELATIVE;
    const where: Where = {
      ...rest,
      sector: { from: 22_500, to: 67_500, unit: 'mdeg', north: 'true' },
    };
    expect(parts(where)).toEqual(['wedge']);
  });

  it('told as a stretch of a line is that stretch', () => {
    const where: Where = { form: 'line', line: LINE, fromM: 2000, toM: 5000 };
    const [stretch] = placeShapes(where, GROUND);
    const ends = stretch?.geometry.type === 'LineString' ? stretch.geometry.coordinates : [];
    expect(metres(ends[0] ?? [], ends.at(-1) ?? [])).toBeCloseTo(3000, -1);
  });

  it('that is not known is not drawn', () => {
    expect(parts({ form: 'unknown', reason: 'not_known' })).toEqual([]);
  });
});
