import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromWgs84, toWgs84 } from './datum.ts';
import { inverse } from './geodesy.ts';

const aghdam = { lat: 39_993_000, lon: 46_930_000 };

describe('SK-42', () => {
  it('is 100 m off WGS84 at Aghdam: 99.5 m west and 10 m south', () => {
    const meant = toWgs84(aghdam, 'sk42');
    const { metres } = inverse(aghdam, meant);
    const west = inverse(aghdam, { lat: aghdam.lat, lon: meant.lon });
    const south = inverse(aghdam, { lat: meant.lat, lon: aghdam.lon });
    expect(Math.abs(metres - 100)).toBeLessThan(1);
    expect(Math.abs(west.metres - 99.5)).toBeLessThan(0.5);
    expect(Math.abs(south.metres - 10)).toBeLessThan(0.5);
    expect([Math.round(west.trueMdeg / 1000), south.trueMdeg]).toEqual([270, 180_000]);
  });

  it('leaves WGS84 as it is', () => {
    expect(toWgs84(aghdam, 'wgs84')).toEqual(aghdam);
    expect(fromWgs84(aghdam, 'wgs84')).toEqual(aghdam);
  });

  it('comes back from WGS84 to the same place, to a decimetre', () => {
    const region = fc.record({
      lat: fc.integer({ min: 38_000_000, max: 42_000_000 }),
      lon: fc.integer({ min: 44_000_000, max: 50_000_000 }),
    });
    fc.assert(
      fc.property(region, (place) => {
        const back = fromWgs84(toWgs84(place, 'sk42'), 'sk42');
        expect(Math.abs(back.lat - place.lat)).toBeLessThanOrEqual(1);
        expect(Math.abs(back.lon - place.lon)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
