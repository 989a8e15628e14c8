import { WINDOWS } from '@ceasewatch/domain/situation/situation';
import { wholeIn } from '../format/numbers.ts';
import { filterOf, filterSearch, FILTER_KEYS, storedInstantIn } from './filter-query.ts';

/**
 * The names in an address whose values cannot be read. A mangled link must not show something else
 * without a word: neither the present for a moment, nor all reports for some. Empty values ask nothing.
 * How a screen is drawn (the axis of its line, what a step goes to) it says itself, and is not judged.
 */
export function unreadableIn(search: URLSearchParams): readonly string[] {
  const read = filterSearch(filterOf(search));
  return [...MOMENT_KEYS, ...PLACE_KEYS, 'window', ...FILTER_KEYS].filter((key) => {
    const value = search.get(key);
    if (value === null || value === '') return false;
    if (key === 'until') return storedInstantIn(value) === null;
    if (key === 'window') return !WINDOWS.some((each) => each === value);
    // Before the first event of all stands no other.
    if (key === 'after' && value === '-1') return false;
    if (key === 'asof' || PLACE_KEYS.includes(key)) return wholeIn(value) === null;
    return key !== 'bbox' && key !== 'q'
      ? !sameWords(value, read.get(key) ?? '')
      : read.get(key) === null;
  });
}

/** The address without what cannot be read; a moment of which one half cannot be read goes whole. */
export function withoutUnreadable(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  const unreadable = unreadableIn(search);
  for (const key of unreadable) next.delete(key);
  if (saysMoment(unreadable)) for (const key of MOMENT_KEYS) next.delete(key);
  return next;
}

export function saysMoment(keys: readonly string[]): boolean {
  return MOMENT_KEYS.some((key) => keys.includes(key));
}

const MOMENT_KEYS: readonly string[] = ['asof', 'until'];
/** Events by number: what the moment is compared with, where the log stands, whose moment it is. */
const PLACE_KEYS: readonly string[] = ['pin', 'before', 'after', 'event'];

/** Lists are read in the order of their vocabulary, each word once. */
function sameWords(one: string, other: string): boolean {
  return sorted(one) === sorted(other);
}

function sorted(list: string): string {
  return [...new Set(list.split(','))]
    .filter((word) => word !== '')
    .toSorted()
    .join();
}
