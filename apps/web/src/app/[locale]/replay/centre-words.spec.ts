import { describe, expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import { NO_NAMES } from '../../../format/words.ts';
import { CATALOGUES } from '../../../locales.ts';
import { toldField } from './centre-words.ts';

const words = createTranslator({ locale: 'en', messages: CATALOGUES.en });
const telling = {
  zone: 'Asia/Baku',
  words,
  names: { ...NO_NAMES, unit: (id: string) => `Post ${id}`, contingent: () => 'Alfa' },
};
const at = (from: string, lat: number) => ({
  from,
  position: { errorM: 200, lat, lon: 47_046_000 },
});
const FIRST = at('2026-08-15T20:00:00.000Z', 39_824_000);
const SECOND = at('2026-08-24T02:00:00.000Z', 39_623_568);

describe('a field of the centre', () => {
  it('tells of a position as every screen does, and only of the one that came', () => {
    const told = toldField(
      { field: 'positions', before: [FIRST], after: [FIRST, SECOND] },
      telling,
    );
    expect(told).toEqual({
      name: 'positions',
      before: [],
      after: [
        expect.stringMatching(
          /^from 24 AUG 2026 06:00:00 D, at 38S PJ \d{3} \d{3} \(39\.62357, 47\.04600\) ± 200\sm$/,
        ),
      ],
    });
    expect(toldField({ field: 'positions', before: [SECOND], after: null }, telling)).toMatchObject(
      {
        before: [expect.stringContaining('39.62357, 47.04600')],
        after: [],
      },
    );
  });

  it('tells of instants, names, and yes or no, never of a key or a brace', () => {
    const told = (field: string, before: unknown, after: unknown) => {
      const { name, before: old, after: now } = toldField({ field, before, after }, telling);
      return `${name}: ${old.join('; ')} → ${now.join('; ')}`;
    };
    expect(told('closedFrom', null, '2026-08-24T02:00:00.000Z')).toBe(
      'closed from:  → 24 AUG 2026 06:00:00 D',
    );
    expect(told('withdrawn', false, true)).toBe('withdrawn: no → yes');
    expect(told('unit', 'one', 'two')).toBe('unit: Post one → Post two');
    expect(told('name', { en: 'Mill' }, { en: 'Mill', az: 'Dəyirman' })).toBe(
      'name: Mill → Mill / Dəyirman',
    );
    expect(
      told('parties', [], [{ party: 'north', name: { en: 'Northland' }, roles: ['party'] }]),
    ).toBe('parties:  → party north, name Northland, roles party');
    expect(told('something_new', 1, 2)).toBe('something_new: 1 → 2');
  });

  it('tells of every corner of an area, latitude first', () => {
    const definition = {
      kind: 'sector',
      shape: 'polygon',
      vertices: [
        [46_895_000, 40_096_000],
        [46_915_000, 40_116_000],
      ],
      from: '2026-08-24T02:00:00.000Z',
    };
    const { after } = toldField({ field: 'definitions', before: [], after: [definition] }, telling);
    expect(after).toEqual([
      'kind sector, shape polygon, corners 40.09600, 46.89500; 40.11600, 46.91500, from 24 AUG 2026 06:00:00 D',
    ]);
  });
});
