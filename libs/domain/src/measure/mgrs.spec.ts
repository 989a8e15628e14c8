import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../refusal.ts';
import { inverse } from './geodesy.ts';
import { formatMgrs, parseMgrs, spacedMgrs } from './mgrs.ts';

const places = [
  ['Aghdam', 39.993, 46.93, '38SPK6476628764'],
  ['Tartar', 40.345, 46.932, '38TPK6408767841'],
  ['Shusha', 39.758, 46.749, '38SPK4982402360'],
  ['Kalbajar', 40.102, 46.036, '38TNK8830139592'],
  ['Fuzuli', 39.601, 47.143, '38SPJ8399485667'],
  ['Horadiz', 39.45, 47.334, '38SQJ0082969315'],
  ['just south of 40° N', 39.9999, 46.9, '38SPK6218829475'],
  ['just north of 40° N', 40.0001, 46.9, '38TPK6218829497'],
] as const;

function reasonOf(text: string): string | undefined {
  try {
    return `read as ${parseMgrs(text).mgrs}`;
  } catch (error) {
    if (error instanceof Refusal) return error.refused[0]?.reason;
    throw error;
  }
}

describe('a grid reference', () => {
  it.each(places)('of %s (%d, %d) is %s', (_name, lat, lon, mgrs) => {
    const place = { lat: Math.round(lat * 1e6), lon: Math.round(lon * 1e6) };
    expect(formatMgrs(place, 10)).toBe(mgrs);
    const read = parseMgrs(mgrs);
    expect(read).toMatchObject({ mgrs, errorM: 1 });
    expect(inverse(place, read).metres).toBeLessThan(1);
  });

  it.each([
    ['38SPK6428', 1000],
    ['38SPK647287', 100],
    ['38SPK64762876', 10],
    ['38SPK6476628764', 1],
  ])('%s implies a precision of %i m', (text, errorM) => {
    expect(parseMgrs(text).errorM).toBe(errorM);
  });

  it('may be typed with blanks and in lower case and has one written form', () => {
    expect(parseMgrs('38s pk 6476 2876').mgrs).toBe('38SPK64762876');
    expect(parseMgrs('04QFJ12345678').mgrs).toBe('4QFJ12345678');
    expect(spacedMgrs('38SPK64762876')).toBe('38S PK 6476 2876');
  });

  it.each([
    ['38TPK6476628764', 'grid_band_or_square'],
    ['38SPK6218829497', 'grid_band_or_square'],
    ['38TPK6218829475', 'grid_band_or_square'],
    ['38RPK6476628764', 'grid_band_or_square'],
    ['38WPK6476628764', 'grid_band_or_square'],
    ['39SPK6476628764', 'grid_band_or_square'],
    ['38SAK6476628764', 'grid_band_or_square'],
    ['61SPK6476628764', 'grid_band_or_square'],
    ['0SPK6476628764', 'grid_band_or_square'],
    ['648287', 'grid_square_missing'],
    ['38S648287', 'grid_square_missing'],
    ['38SPK', 'grid_digits'],
    ['38SPK64', 'grid_digits'],
    ['38SPK64728', 'grid_digits'],
    ['38SPK647662876412', 'grid_digits'],
    ['38SIK6476628764', 'not_a_grid_reference'],
    ['38SPW6476628764', 'not_a_grid_reference'],
    ['38OPK6476628764', 'not_a_grid_reference'],
    ['ZAH1234', 'not_a_grid_reference'],
    ['', 'not_a_grid_reference'],
    ['38SPK６４７６2876', 'not_a_grid_reference'],
    ['39.82, 46.75', 'not_a_grid_reference'],
  ])('%j is refused: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('of a square across 40° N may have either band letter', () => {
    expect(parseMgrs('38SPK6229').lat).toBe(parseMgrs('38TPK6229').lat);
    expect(reasonOf('38SPK6230')).toBe('grid_band_or_square');
    expect(reasonOf('38TPK6228')).toBe('grid_band_or_square');
  });

  it('comes back from the position it was read as, at every precision', () => {
    const place = fc.record({
      lat: fc.integer({ min: -79_900_000, max: 83_900_000 }),
      lon: fc.integer({ min: -180_000_000, max: 179_999_999 }),
    });
    fc.assert(
      fc.property(place, fc.constantFrom(4, 6, 8, 10), (position, digits) => {
        const text = formatMgrs(position, digits) ?? '';
        const read = parseMgrs(text);
        expect(read.mgrs).toBe(text);
        expect(inverse(position, read).metres).toBeLessThanOrEqual(read.errorM);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not exist beyond 84° N and 80° S', () => {
    expect(formatMgrs({ lat: 84_000_001, lon: 0 }, 10)).toBeUndefined();
    expect(formatMgrs({ lat: -80_000_001, lon: 0 }, 10)).toBeUndefined();
  });
});
