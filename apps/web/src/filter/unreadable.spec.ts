import { expect, it } from '@jest/globals';
import { unreadableIn, withoutUnreadable } from './unreadable.ts';

const names = (search: string) => unreadableIn(new URLSearchParams(search));

it('a moment or a filter that cannot be read is named', () => {
  expect(names('asof=abc')).toEqual(['asof']);
  expect(names('until=abc&kind=zzz')).toEqual(['until', 'kind']);
  expect(names('kind=shot,zzz&late=perhaps&from=yesterday&bbox=1,2&origin=moon')).toEqual(
    expect.arrayContaining(['kind', 'late', 'from', 'bbox', 'origin']),
  );
});

it('a window, a pin or a place in the log that cannot be read is named', () => {
  expect(names('window=6d&pin=first')).toEqual(['pin', 'window']);
  expect(names('before=-1&after=x&event=1.5')).toEqual(['before', 'after', 'event']);
});

it('what the screens write themselves can be read, in any order and empty', () => {
  expect(names('')).toEqual([]);
  expect(names('kind=&asof=')).toEqual([]);
  expect(names('asof=2001&until=2026-10-01T00:00:00.000Z&kind=shot,explosion&late=true')).toEqual(
    [],
  );
  expect(names('bbox=46.5,39.9,47.000001,40.1&q=a,b&sector=none&window=24h&sel=abc')).toEqual([]);
  expect(names('window=all&pin=7&view=difference&after=-1&event=0&axis=occurred')).toEqual([]);
});

it('half a moment is not left standing, a filter is', () => {
  const search = new URLSearchParams('asof=abc&until=2026-10-01T00:00:00.000Z&kind=shot');
  expect(withoutUnreadable(search).toString()).toBe('kind=shot');
  const filtered = new URLSearchParams('asof=7&kind=zzz');
  expect(withoutUnreadable(filtered).toString()).toBe('asof=7');
});
