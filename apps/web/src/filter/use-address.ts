'use client';

import {
  WINDOWS,
  type ObservationFilter,
  type Window,
} from '@ceasewatch/domain/situation/situation';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { FILTER_KEYS, filterOf, filterSearch } from './filter-query.ts';

/**
 * What a screen is asked for, all of it in the address: filters, window, as-of, selection. Changing it
 * is shallow, so a filter never costs a page load, and Back undoes it.
 */
export interface Address {
  readonly filter: ObservationFilter;
  readonly window: Window;
  /** The last event that may be known; null is now. */
  readonly asOf: number | null;
  readonly selected: string | null;
  setFilter(filter: ObservationFilter): void;
  setWindow(window: Window): void;
  setAsOf(asOf: number | null): void;
  select(id: string | null): void;
}

export const DEFAULT_WINDOW: Window = '30d';

export function useAddress(): Address {
  const search = useSearchParams();
  const text = search.toString();
  return useMemo(() => addressOf(new URLSearchParams(text)), [text]);
}

function addressOf(search: URLSearchParams): Address {
  const window = WINDOWS.find((each) => each === search.get('window'));
  return {
    filter: filterOf(search),
    window: window ?? DEFAULT_WINDOW,
    asOf: seqOf(search.get('asof')),
    selected: search.get('sel'),
    setFilter: (filter) => go(search, filterEntries(filter), 'push'),
    setWindow: (next) => go(search, [['window', next === DEFAULT_WINDOW ? null : next]], 'push'),
    setAsOf: (asOf) => go(search, [['asof', asOf === null ? null : asOf.toString()]], 'push'),
    select: (id) => go(search, [['sel', id]], 'replace'),
  };
}

type Entry = readonly [string, string | null];

function filterEntries(filter: ObservationFilter): Entry[] {
  const next = filterSearch(filter);
  return FILTER_KEYS.map((key) => [key, next.get(key)]);
}

function go(search: URLSearchParams, entries: readonly Entry[], how: 'push' | 'replace'): void {
  const next = new URLSearchParams(search);
  for (const [key, value] of entries) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  const query = next.toString();
  const address = query === '' ? location.pathname : `${location.pathname}?${query}`;
  if (how === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

function seqOf(text: string | null): number | null {
  const seq = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isSafeInteger(seq) && seq >= 0 ? seq : null;
}
