import { wholeIn } from '../format/numbers.ts';
import { filterOf, filterSearch, FILTER_KEYS, storedInstantIn } from './filter-query.ts';

/**
 * The names in an address whose values cannot be read. A mangled link must not show something else
 * without a word: neither the present for a moment, nor all reports for some. Empty values ask nothing.
 */
export function unreadableIn(search: URLSearchParams): readonly string[] {
  const read = filterSearch(filterOf(search));
  return [...MOMENT_KEYS, ...FILTER_KEYS].filter((key) => {
    const value = search.get(key);
    if (value === null || value === '') return false;
    if (key === 'asof') return wholeIn(value) === null;
    if (key === 'until') return storedInstantIn(value) === null;
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
