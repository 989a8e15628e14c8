'use client';

import type {
  DifferenceAnswer,
  ObservationDifferencePage,
} from '@ceasewatch/api/contract/difference';
import type { ObservationChange } from '@ceasewatch/domain/difference/difference';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getJson } from '../../../api/fetch-json.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { useGeneration } from '../../../live/use-live.ts';

const PAGE = '50';

/** What is asked of two moments: the windows, the filter with its time, and the second axis of the screen. */
export function differenceSearch(
  { filter, window, until }: Pick<Address, 'filter' | 'window' | 'until'>,
  pinned: number,
  here: number,
): URLSearchParams {
  const { from, to, ...rest } = filter;
  const search = filterSearch(rest);
  search.set('from', pinned.toString());
  search.set('to', here.toString());
  search.set('window', window);
  if (from !== undefined) search.set('occurredFrom', from);
  const [earliest] = [until, to].filter((each) => each !== null && each !== undefined).toSorted();
  if (earliest !== undefined) search.set('occurredUntil', earliest);
  return search;
}

export function useDifference(pinned: number, here: number) {
  const address = useAddress();
  const generation = useGeneration();
  const search = differenceSearch(address, pinned, here);
  search.set('limit', '1');
  return useQuery({
    queryKey: ['difference', search.toString(), generation],
    queryFn: ({ signal }) => getJson<DifferenceAnswer>('/api/diff', { search, signal }),
    enabled: pinned !== here,
  });
}

/** The observations that differ in one way, or in any where `change` is null. */
export function changedSearch(
  address: Address,
  pinned: number,
  here: number,
  change: ObservationChange | null,
): URLSearchParams {
  const search = differenceSearch(address, pinned, here);
  if (change !== null) search.set('change', change);
  return search;
}

/** The observations that differ, page by page; null asks for all changes. */
export function useChangedObservations(
  pinned: number,
  here: number,
  change: ObservationChange | null,
) {
  const address = useAddress();
  const generation = useGeneration();
  const search = changedSearch(address, pinned, here, change);
  search.set('limit', PAGE);
  return useInfiniteQuery({
    queryKey: ['difference-page', search.toString(), generation],
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(search);
      if (pageParam !== '') page.set('cursor', pageParam);
      return getJson<ObservationDifferencePage>('/api/diff/observations', { search: page, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: pinned !== here,
  });
}
