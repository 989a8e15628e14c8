import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { destination, inverse } from './geodesy.ts';

const degrees = (d: number, m: number, s: number) => Math.round((d + m / 60 + s / 3600) * 1e6);
// The usual check line of the Australian geodetic datum manual, Flinders Peak to Buninyong.
const flindersPeak = { lat: -degrees(37, 57, 3.7203), lon: degrees(144, 25, 29.5244) };
const buninyong = { lat: -degrees(37, 39, 10.1561), lon: degrees(143, 55, 35.3839) };

const near = fc.record({
  lat: fc.integer({ min: -80_000_000, max: 80_000_000 }),
  lon: fc.integer({ min: -180_000_000, max: 180_000_000 }),
});

describe('on the ellipsoid', () => {
  it('Buninyong is 54,972.27 m from Flinders Peak at 306 degrees 52 minutes 5 seconds', () => {
    const { metres, trueMdeg } = inverse(flindersPeak, buninyong);
    expect(Math.abs(metres - 54_972.271)).toBeLessThan(0.2);
    expect(trueMdeg).toBe(306_868);
  });

  it('and is reached from there', () => {
    const { lat, lon } = destination(flindersPeak, 306_868.16, 54_972.271);
    expect(Math.abs(lat - buninyong.lat)).toBeLessThan(3);
    expect(Math.abs(lon - buninyong.lon)).toBeLessThan(3);
  });

  it('a degree of latitude is shorter than at the pole', () => {
    expect(inverse({ lat: 0, lon: 0 }, { lat: 1_000_000, lon: 0 }).metres).toBeCloseTo(
      110_574.39,
      1,
    );
    expect(inverse({ lat: 89_000_000, lon: 0 }, { lat: 90_000_000, lon: 0 }).metres).toBeCloseTo(
      111_693.87,
      1,
    );
    expect(inverse({ lat: 0, lon: 0 }, { lat: 0, lon: 1_000_000 }).metres).toBeCloseTo(
      111_319.49,
      1,
    );
  });

  it('the date line is no wall', () => {
    expect(inverse({ lat: 0, lon: 179_900_000 }, { lat: 0, lon: -179_900_000 }).metres).toBeCloseTo(
      22_263.9,
      0,
    );
    expect(destination({ lat: 0, lon: 179_990_000 }, 90_000, 5000).lon).toBeLessThan(0);
  });

  it('a place is nowhere from itself', () => {
    expect(inverse(buninyong, buninyong)).toEqual({ metres: 0, trueMdeg: 0 });
  });

  it('the other side of the earth has a distance too', () => {
    expect(inverse({ lat: 0, lon: 0 }, { lat: 500_000, lon: 179_700_000 }).metres).toBeGreaterThan(
      19_900_000,
    );
  });

  it('the way out is the way back, to the decimetre of a microdegree', () => {
    fc.assert(
      fc.property(
        near,
        fc.nat(359_999),
        fc.integer({ min: 100, max: 60_000 }),
        (from, bearing, metres) => {
          const back = inverse(from, destination(from, bearing, metres));
          expect(Math.abs(back.metres - metres)).toBeLessThan(0.2);
        },
      ),
    );
  });
});
