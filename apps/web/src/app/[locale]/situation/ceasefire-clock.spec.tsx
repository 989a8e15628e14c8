import { expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import { CATALOGUES } from '../../../locales.ts';
import { fireSince } from './ceasefire-clock.tsx';

const t = createTranslator({ locale: 'en', messages: CATALOGUES.en });
const IN_FORCE = '2020-11-09T21:00:00.000Z';
/** What is told, whatever sort of blanks stands in it. */
function told(at: string | null): string {
  const last = at === null ? null : { id: '', number: 1, at };
  return fireSince(IN_FORCE, last, Date.UTC(2026, 10, 22, 12), t).replaceAll(/\s/g, ' ');
}

it('a fire item from before the ceasefire is not told beside its clock', () => {
  expect(told('2016-09-20T10:00:00.000Z')).toBe('no fire item since');
  expect(told('2020-11-09T20:59:59.999Z')).toBe('no fire item since');
  expect(told(IN_FORCE)).toBe('last fire item 2,203 d 15 h ago');
  expect(told('2026-11-22T11:55:00.000Z')).toBe('last fire item 5 min ago');
  expect(told(null)).toBe('no fire item recorded');
});
