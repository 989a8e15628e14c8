'use client';

import {
  WINDOWS,
  type ObservationFilter,
  type Window,
} from '@ceasewatch/domain/situation/situation';
import { useSearchParams } from 'next/navigation';
import { useContext, useMemo } from 'react';
import { wholeIn } from '../format/numbers.ts';
import { changeAddress } from '../shell/change-address.ts';
import { FILTER_KEYS, filterOf, filterSearch, storedInstantIn } from './filter-query.ts';
import { type Moment, MovingMoment } from './moment.ts';

/**
 * What a screen is asked for, all of it in the address: filters, window, as-of, selection. Changing it
 * is shallow, so a filter never costs a page load, and Back undoes it.
 */
export interface Address extends View, Moment {
  /** Whether it is another moment than now, in which nothing moves. */
  readonly past: boolean;
}

/** What stays the same from moment to moment. */
interface View {
  readonly filter: ObservationFilter;
  readonly window: Window;
  readonly selected: string | null;
  /** From the filter that stands in the address now, which may be newer than `filter`. */
  setFilter(change: (now: ObservationFilter) => ObservationFilter): void;
  setWindow(window: Window): void;
  /** Null returns to live, on both axes. */
  setAsOf(asOf: number | null): void;
  /** Both axes at once. */
  setMoment(moment: Moment): void;
  select(id: string | null): void;
}

export const DEFAULT_WINDOW: Window = '30d';

export function useAddress(): Address {
  const text = useSearchParams().toString();
  const moving = useContext(MovingMoment);
  return useMemo(() => {
    const { view, moment } = saidBy(text);
    const { asOf, until } = moving ?? moment;
    return { ...view, asOf, until, past: asOf !== null || until !== null };
  }, [text, moving]);
}

/** The last event that the address lets know, whatever moment moves below it; null is now. */
export function useAddressedEvent(): number | null {
  const text = useSearchParams().toString();
  return saidBy(text).moment.asOf;
}

/** The same for whoever asks nothing of a moment, and is not drawn when it moves. */
export function useView(): View {
  const text = useSearchParams().toString();
  return saidBy(text).view;
}

interface Said {
  readonly view: View;
  readonly moment: Moment;
}

/** A page has a hundred readers of one address. */
let lastSaid: { readonly text: string; readonly said: Said } | undefined;

function saidBy(text: string): Said {
  if (lastSaid?.text === text) return lastSaid.said;
  const search = new URLSearchParams(text);
  const said = { view: viewOf(search), moment: momentOf(search) };
  lastSaid = { text, said };
  return said;
}

function viewOf(search: URLSearchParams): View {
  const window = WINDOWS.find((each) => each === search.get('window'));
  return {
    filter: filterOf(search),
    window: window ?? DEFAULT_WINDOW,
    selected: search.get('sel'),
    setFilter: (change) => changeAddress((now) => put(now, filterEntries(change(filterOf(now))))),
    setWindow: (next) => set([['window', next === DEFAULT_WINDOW ? null : next]], 'push'),
    setAsOf: (next) => set(next === null ? TO_LIVE : [['asof', next.toString()]], 'push'),
    setMoment: (next) =>
      set(
        [
          ['asof', next.asOf?.toString() ?? null],
          ['until', next.until],
        ],
        'push',
      ),
    select: (id) => set([['sel', id]], 'replace'),
  };
}

function momentOf(search: URLSearchParams): Moment {
  return { asOf: wholeIn(search.get('asof')), until: storedInstantIn(search.get('until')) };
}

type Entry = readonly [string, string | null];

const TO_LIVE: readonly Entry[] = [
  ['asof', null],
  ['until', null],
];

function filterEntries(filter: ObservationFilter): Entry[] {
  const next = filterSearch(filter);
  return FILTER_KEYS.map((key) => [key, next.get(key)]);
}

function set(entries: readonly Entry[], how: 'push' | 'replace'): void {
  changeAddress((now) => put(now, entries), how);
}

function put(search: URLSearchParams, entries: readonly Entry[]): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [key, value] of entries) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
}
