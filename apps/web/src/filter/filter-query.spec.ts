import { describe, expect, it } from '@jest/globals';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { filterOf, filterSearch } from './filter-query.ts';

const FULL: ObservationFilter = {
  from: '2026-11-21T10:00:00.000Z',
  to: '2026-11-22T10:00:00.000Z',
  sector: ['019aa9c0-0000-7000-8000-0000000000c1', 'none'],
  kind: ['explosion', 'shot'],
  group: ['blast'],
  means: ['heard'],
  weapon: ['mortar_120', 'tank_gun'],
  contingent: ['alfa'],
  unit: ['019aa9c0-0000-7000-8000-0000000000a1'],
  origin: 'unit',
  late: true,
  corrected: false,
  located: true,
  casualties: true,
  retracted: false,
  bbox: [46_500_000, 39_900_000, 47_000_001, 40_123_456],
  q: 'İsmayıllı & Co',
};

describe('a filter in an address', () => {
  it('comes back as it went in', () => {
    expect(filterOf(filterSearch(FULL))).toEqual(FULL);
    expect(filterOf(filterSearch({}))).toEqual({});
  });

  it('drops words that are in no list, and what is no box', () => {
    const search = new URLSearchParams(
      'kind=shot,unheard&group=nothing&late=maybe&origin=moon&bbox=1,2,3',
    );
    expect(filterOf(search)).toEqual({ kind: ['shot'] });
  });

  it('drops a time in any form but the stored one', () => {
    for (const from of [
      'yesterday',
      '2021-02-18',
      '2021-02-30T00:00:00.000Z',
      '2021-02-18T09:58Z',
    ]) {
      expect(filterOf(new URLSearchParams({ from, to: from }))).toEqual({});
    }
  });

  it('leaves out what is empty', () => {
    expect(filterSearch({ kind: [], q: '' }).toString()).toBe('');
  });
});
