import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inverse } from './geodesy.ts';
import {
  centroidOf,
  containsPoint,
  lengthM,
  type LineString,
  pointAlong,
  type Polygon,
  stretchOf,
} from './geometry.ts';

function square(west: number, south: number, side = 100_000): Polygon {
  const [east, north] = [west + side, south + side];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}
const west = square(46_800_000, 39_900_000);
const east = square(46_900_000, 39_900_000);
const line: LineString = {
  type: 'LineString',
  coordinates: [
    [46_800_000, 39_900_000],
    [46_900_000, 39_950_000],
    [46_900_000, 40_050_000],
  ],
};

describe('a polygon', () => {
  it('contains what lies in it', () => {
    expect(containsPoint(west, { lat: 39_950_000, lon: 46_850_000 })).toBe(true);
    expect(containsPoint(west, { lat: 39_950_000, lon: 46_950_000 })).toBe(false);
    expect(containsPoint(west, { lat: 40_050_000, lon: 46_850_000 })).toBe(false);
  });

  it('does not contain what lies in its hole', () => {
    const holed: Polygon = {
      ...west,
      coordinates: [...west.coordinates, ...square(46_840_000, 39_940_000, 20_000).coordinates],
    };
    expect(containsPoint(holed, { lat: 39_950_000, lon: 46_850_000 })).toBe(false);
    expect(containsPoint(holed, { lat: 39_930_000, lon: 46_850_000 })).toBe(true);
  });

  it('shares an edge with its neighbour, but no place on it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 39_900_000, max: 39_999_999 }), (lat) => {
        const edge = { lat, lon: 46_900_000 };
        expect([containsPoint(west, edge), containsPoint(east, edge)].filter(Boolean)).toHaveLength(
          1,
        );
      }),
    );
  });

  it('may run either way round', () => {
    const [ring = []] = west.coordinates;
    const other: Polygon = { type: 'Polygon', coordinates: [ring.toReversed()] };
    expect(containsPoint(other, { lat: 39_950_000, lon: 46_850_000 })).toBe(true);
    expect(centroidOf(other)).toEqual(centroidOf(west));
  });

  it('has its centroid in the middle of its surface', () => {
    expect(centroidOf(west)).toEqual({ lat: 39_950_000, lon: 46_850_000 });
  });

  it('without surface has the mean of its corners', () => {
    const flat: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 0],
          [4, 0],
          [0, 0],
        ],
      ],
    };
    expect(centroidOf(flat)).toEqual({ lat: 0, lon: 2 });
  });
});

describe('a line', () => {
  it('has a length and places along it', () => {
    const [first, second] = [
      inverse({ lat: 39_900_000, lon: 46_800_000 }, { lat: 39_950_000, lon: 46_900_000 }).metres,
      11_104,
    ];
    expect(Math.abs(lengthM(line) - first - second)).toBeLessThan(2);
    expect(pointAlong(line, 0)).toEqual({ lat: 39_900_000, lon: 46_800_000 });
    expect(pointAlong(line, 1e9)).toEqual({ lat: 40_050_000, lon: 46_900_000 });
    expect(pointAlong(line, first + 5000).lon).toBe(46_900_000);
  });

  it('is cut into a stretch that keeps the corners between', () => {
    const corners = stretchOf(line, 5000, 15_000);
    expect(corners).toHaveLength(3);
    expect(corners[1]).toEqual({ lat: 39_950_000, lon: 46_900_000 });
  });

  it('is as far along as was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), (metres) => {
        expect(
          Math.abs(
            inverse({ lat: 39_900_000, lon: 46_800_000 }, pointAlong(line, metres)).metres - metres,
          ),
        ).toBeLessThan(0.2);
      }),
    );
  });
});
