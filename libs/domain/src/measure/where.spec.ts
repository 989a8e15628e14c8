import { describe, expect, it } from '@jest/globals';
import { resolvedOf } from './resolved.ts';
import { type Where, whereSchema } from './where.ts';

const unit = '019aa9c0-0000-7000-8000-0000000000b7';
const sector = '019aa9c0-0000-7000-8000-0000000000c2';
/** The place of the vector in event-format.md, key by key. */
const vector = {
  bearing: { north: 'true', unit: 'mdeg', value: 84_000 },
  form: 'relative',
  range: { max: 3400, min: 3000 },
  resolved: { errorM: 320, lat: 39_991_241, lon: 46_927_118, method: 'relative.1', sector },
  unit,
} as const satisfies Where;
const resolved = { errorM: 100, lat: 39_991_241, lon: 46_927_118, method: 'point.1', sector: null };

const stored = (place: unknown) => whereSchema.safeParse(place).success;

describe('a stored place', () => {
  it('is the vector of the event format', () => {
    expect(whereSchema.parse(vector)).toEqual(vector);
    expect(resolvedOf(vector)).toEqual(vector.resolved);
  });

  it.each([
    { form: 'point', lat: 39_991_241, lon: 46_927_118, errorM: 100, resolved },
    {
      form: 'point',
      lat: 39_991_241,
      lon: 46_927_118,
      errorM: 100,
      altM: -430,
      datum: 'sk42',
      resolved,
    },
    {
      form: 'point',
      lat: 39_991_241,
      lon: 46_927_118,
      errorM: 10,
      mgrs: '38SPK64762876',
      resolved,
    },
    { ...vector, range: { unknown: 'not_known' }, resolved: undefined },
    { form: 'line', line: sector, resolved },
    { form: 'line', line: sector, fromM: 0, toM: 2500, resolved },
    { form: 'line', name: 'line of contact' },
    { form: 'area', area: sector, resolved },
    {
      form: 'area',
      name: 'Agdam rayon',
      near: { lat: 39_991_241, lon: 46_927_118, errorM: 25_000 },
      resolved,
    },
    { form: 'unknown', reason: 'withheld' },
  ])('may be $form: %j', (place) => {
    expect(stored(place)).toBe(true);
  });

  it.each([
    ['a point without its error', { form: 'point', lat: 1, lon: 1, resolved }],
    ['a point that was not resolved', { form: 'point', lat: 1, lon: 1, errorM: 10 }],
    ['degrees', { form: 'point', lat: 39.99, lon: 46.9, errorM: 10, resolved }],
    ['a place off the earth', { form: 'point', lat: 90_000_001, lon: 0, errorM: 10, resolved }],
    ['bearing and sector', { ...vector, sector: { from: 0, to: 1, unit: 'mdeg', north: 'true' } }],
    ['neither bearing nor sector', { ...vector, bearing: undefined }],
    ['a range that ends before it begins', { ...vector, range: { min: 3400, max: 3000 } }],
    ['a range without a minimum', { ...vector, range: { max: 3000 } }],
    ['an unknown method', { ...vector, resolved: { ...vector.resolved, method: 'guess.1' } }],
    ['a line by id and name', { form: 'line', line: sector, name: 'line of contact' }],
    ['a line by nothing', { form: 'line' }],
    ['half a stretch', { form: 'line', line: sector, fromM: 100 }],
    ['a stretch of a name', { form: 'line', name: 'line of contact', fromM: 100, toM: 200 }],
    ['a stretch backwards', { form: 'line', line: sector, fromM: 200, toM: 200 }],
    ['a name that is not NFC', { form: 'area', name: 'Şuşa'.normalize('NFD') }],
    ['a name of two lines', { form: 'area', name: 'Agdam\nrayon' }],
    ['an unknown place without a reason', { form: 'unknown' }],
    ['a resolved unknown', { form: 'unknown', reason: 'not_known', resolved }],
    ['another form', { form: 'guess' }],
    ['an unknown key', { ...vector, note: 'x' }],
  ])('is not %s', (_what, place) => {
    expect(stored(place)).toBe(false);
  });
});
