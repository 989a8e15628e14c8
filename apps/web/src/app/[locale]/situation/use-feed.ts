'use client';

import type { ObservationPage } from '@ceasewatch/api/contract';
import {
  compileFilter,
  isFoldable,
  type RowPredicate,
} from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { type FeedRate, useSettings } from '../../../settings/settings.ts';
import { useChanges, useLive, useLiveFeed } from '../../../live/use-live.ts';

/**
 * The feed: what was recorded last, newest first. Live rows go on top, unless somebody is reading: then
 * they wait and are counted. Older pages come when one scrolls to them.
 */
export const FEED_CAP = 500;
const PAGE = 40;
const SHOW_MS: Readonly<Record<FeedRate, number>> = {
  live: 250,
  halfMinute: 30_000,
  manual: Number.POSITIVE_INFINITY,
};

export interface FeedView {
  readonly rows: readonly ObservationRow[];
  /** Rows that arrived while the feed stood still. */
  readonly waiting: number;
  /** Ids of rows that arrived live and have been shown. */
  readonly fresh: ReadonlySet<string>;
  readonly loading: boolean;
  readonly error: Error | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  older(): void;
  /** Shows what waits, whatever holds it back. */
  showWaiting(): void;
}

/** @param since beginning of the window; null before it is known or when it has none */
export function useFeed(still: boolean, since: string | null): FeedView {
  const { filter, asOf, window } = useAddress();
  const { generation } = useLive();
  const search = useMemo(() => filterSearch(filter).toString(), [filter]);
  const pages = useInfiniteQuery({
    queryKey: ['feed', search, window, asOf, generation],
    queryFn: ({ pageParam, signal }) =>
      getJson<ObservationPage>('/api/observations', {
        search: pageSearch(search, since, asOf, pageParam),
        signal,
      }),
    enabled: since !== null,
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const first = pages.data?.pages[0];
  const live = useLiveRows(
    still || asOf !== null,
    since,
    first?.asOf,
    `${search} ${window} ${asOf} ${generation}`,
  );
  const rows = useMemo(() => {
    const paged = pages.data?.pages.flatMap((page) => page.items) ?? [];
    const all = [...live.rows, ...paged.filter((row) => !live.touched.has(row.id))];
    return all.filter((row) => since === null || row.when.from >= since).slice(0, FEED_CAP);
  }, [pages.data, live.rows, live.touched, since]);
  return {
    rows,
    waiting: live.waiting,
    showWaiting: live.showWaiting,
    fresh: live.touched,
    loading: pages.isPending,
    error: pages.error,
    hasOlder: pages.hasNextPage && rows.length < FEED_CAP,
    loadingOlder: pages.isFetchingNextPage,
    older: () => {
      if (since !== null && !pages.isFetchingNextPage) void pages.fetchNextPage();
    },
  };
}

function pageSearch(
  filter: string,
  since: string | null,
  asOf: number | null,
  cursor: string,
): URLSearchParams {
  const search = new URLSearchParams(filter);
  search.set('order', 'recorded');
  search.set('limit', PAGE.toString());
  if (since !== null && !search.has('from')) search.set('from', since);
  if (asOf !== null) search.set('asOf', asOf.toString());
  if (cursor !== '') search.set('cursor', cursor);
  return search;
}

interface LiveRows {
  readonly rows: readonly ObservationRow[];
  readonly touched: ReadonlySet<string>;
}

const EMPTY: LiveRows = { rows: [], touched: new Set() };

/** Rows that changed since the first page was answered; gathered, and shown as often as was chosen. */
function useLiveRows(
  still: boolean,
  since: string | null,
  from: number | undefined,
  question: string,
): LiveRows & Pick<FeedView, 'waiting' | 'showWaiting'> {
  const everyMs = SHOW_MS[useSettings().feedRate];
  const feed = useLiveFeed();
  const { filter, asOf } = useAddress();
  const shownAt = useRef(0);
  const [pending, setPending] = useState<readonly Change[]>([]);
  const [shown, setShown] = useState<{ readonly question: string; readonly live: LiveRows }>({
    question,
    live: EMPTY,
  });
  const passes = useMemo(() => (isFoldable(filter) ? compileFilter(filter) : null), [filter]);

  useEffect(() => {
    // A new question begins with what arrived between its answer and now.
    setPending(from === undefined || asOf !== null ? [] : (feed.since(from) ?? []));
    setShown({ question, live: EMPTY });
  }, [question, from, feed, asOf]);

  useChanges((changes) => {
    if (from !== undefined && asOf === null) setPending((kept) => [...kept, ...changes]);
  });

  const show = useCallback(() => {
    shownAt.current = performance.now();
    setShown((before) => ({ question, live: withChanges(before.live, pending, passes, since) }));
    setPending([]);
  }, [pending, passes, since, question]);

  useEffect(() => {
    if (still || pending.length === 0 || everyMs === Number.POSITIVE_INFINITY) return undefined;
    // The first after a pause is shown at once; what follows, as often as was chosen.
    const timer = setTimeout(show, Math.max(0, shownAt.current + everyMs - performance.now()));
    return () => clearTimeout(timer);
  }, [still, pending, everyMs, show]);

  const held = still || everyMs > SHOW_MS.live;
  const waiting = held ? pending.filter((change) => isNews(change, passes, since)).length : 0;
  const live = shown.question === question ? shown.live : EMPTY;
  return { ...live, waiting, showWaiting: show };
}

function withChanges(
  live: LiveRows,
  changes: readonly Change[],
  passes: RowPredicate | null,
  since: string | null,
): LiveRows {
  const touched = new Set(live.touched);
  let rows = [...live.rows];
  for (const change of changes) {
    const row = change.after ?? change.before;
    // Whether free text passes is not judged here: such rows stay as they were answered.
    if (row === null || passes === null) continue;
    touched.add(row.id);
    rows = rows.filter((each) => each.id !== row.id);
    if (change.after !== null && isNews(change, passes, since)) rows.unshift(change.after);
  }
  return { rows: rows.slice(0, FEED_CAP), touched };
}

/** What passes the filter; and a retraction of what passed it, which is news as well. */
function isNews(
  { before, after }: Change,
  passes: RowPredicate | null,
  since: string | null,
): boolean {
  if (after === null || passes === null) return false;
  if (since !== null && after.when.from < since) return false;
  return passes(after) || (before !== null && passes(before) && after.status === 'retracted');
}
