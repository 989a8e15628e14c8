'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import {
  compileFilter,
  isFoldable,
  type RowPredicate,
} from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { useAskAgain } from '../../../api/use-ask-again.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { type Moment, putMoment } from '../../../filter/moment.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { type FeedRate, useSettings } from '../../../settings/settings.ts';
import { useChanges, useGeneration, useLiveFeed } from '../../../live/use-live.ts';
import {
  FEED_CAP,
  type LiveRows,
  newsIn,
  NO_LIVE_ROWS,
  NONE_WAITING,
  type Waiting,
  withArrived,
  withWaiting,
} from './feed-rows.ts';

/**
 * The feed: what was recorded last, newest first. Live rows go on top, unless somebody is reading: then
 * they wait and are counted. Older pages come when one scrolls to them.
 */
const PAGE = 40;
/** Ten frames a second need no ten drawings. */
const GATHER_MS = 100;
const SHOW_MS: Readonly<Record<FeedRate, number>> = {
  live: 250,
  halfMinute: 30_000,
  manual: Number.POSITIVE_INFINITY,
};

export interface FeedView {
  readonly rows: readonly ObservationRow[];
  /** Rows that arrived while the feed stood still. */
  readonly waiting: number;
  /** More than that: they are too many to be kept. */
  readonly waitingMore: boolean;
  /** Ids of rows that have just come, where they are few. */
  readonly fresh: ReadonlySet<string>;
  readonly loading: boolean;
  /** The last asking failed. */
  readonly error: Error | null;
  retry(): void;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  older(): void;
  /** Shows what waits, whatever holds it back. */
  showWaiting(): void;
}

/** @param since beginning of the window; null before it is known or when it has none */
export function useFeed(still: boolean, since: string | null): FeedView {
  const { filter, asOf, until, past, window } = useAddress();
  const generation = useGeneration();
  const search = useMemo(() => filterSearch(filter).toString(), [filter]);
  const pages = useInfiniteQuery({
    ...askFeed({ filter, window, asOf, until }, since, generation),
    enabled: since !== null,
  });
  const first = pages.data?.pages[0];
  const live = useLiveRows(
    still || past,
    since,
    first?.asOf,
    `${search} ${window} ${asOf} ${until} ${generation}`,
  );
  const rows = useMemo(() => {
    const paged = pages.data?.pages.flatMap((page) => page.items) ?? [];
    const all = [...live.rows, ...paged.filter((row) => !live.touched.has(row.id))];
    return all.filter((row) => since === null || row.when.from >= since).slice(0, FEED_CAP);
  }, [pages.data, live.rows, live.touched, since]);
  return {
    rows,
    waiting: live.waiting,
    waitingMore: live.waitingMore,
    showWaiting: live.showWaiting,
    fresh: live.fresh,
    loading: pages.isPending,
    error: pages.error,
    retry: () => void pages.refetch(),
    hasOlder: pages.hasNextPage && rows.length < FEED_CAP,
    loadingOlder: pages.isFetchingNextPage,
    older: () => {
      if (since !== null && !pages.isFetchingNextPage) void pages.fetchNextPage();
    },
  };
}

/** Kept for a minute in the past, where one goes from moment to moment. */
const KEPT_MS = 60_000;

/** The pages of the feed, for whoever shows them or fetches the first before it is shown. */
export function askFeed(
  { filter, window, asOf, until }: Pick<Address, 'filter' | 'window'> & Moment,
  since: string | null,
  generation: number,
) {
  const search = filterSearch(filter);
  return infiniteQueryOptions({
    queryKey: ['feed', asOf, search.toString(), window, until, generation],
    queryFn: ({ pageParam, signal }) => {
      const page = putMoment(new URLSearchParams(search), { asOf, until });
      page.set('order', 'recorded');
      page.set('limit', PAGE.toString());
      if (since !== null && !page.has('from')) page.set('from', since);
      if (pageParam !== '') page.set('cursor', pageParam);
      return getJson<ObservationPage>('/api/observations', { search: page, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    ...(asOf === null ? {} : { gcTime: KEPT_MS }),
  });
}

/**
 * The newest rows of a moment in the past, of whatever time they tell: asked before anybody knows where
 * the window begins, together with the figures that say so.
 */
export function askFirstRows(
  { filter, asOf, until }: Pick<Address, 'filter'> & Moment,
  generation: number,
) {
  const search = filterSearch(filter);
  return queryOptions({
    queryKey: ['feed-first', asOf, search.toString(), until, generation],
    queryFn: ({ signal }) => {
      const page = putMoment(new URLSearchParams(search), { asOf, until });
      page.set('order', 'recorded');
      page.set('limit', PAGE.toString());
      return getJson<ObservationPage>('/api/observations', { search: page, signal });
    },
    gcTime: KEPT_MS,
  });
}

/** Rows that changed since the first page was answered; gathered, and shown as often as was chosen. */
function useLiveRows(
  still: boolean,
  since: string | null,
  from: number | undefined,
  question: string,
): LiveRows & Pick<FeedView, 'waiting' | 'waitingMore' | 'showWaiting'> {
  const everyMs = SHOW_MS[useSettings().feedRate];
  const { filter } = useAddress();
  const shownAt = useRef(0);
  const [shown, setShown] = useState({ question, live: NO_LIVE_ROWS });
  const askAgain = useAskAgain('feed');
  const passes = useMemo(() => (isFoldable(filter) ? compileFilter(filter) : null), [filter]);
  const scope = useMemo(() => (passes === null ? null : { passes, since }), [passes, since]);
  const [waiting, setWaiting] = useWaiting(question, from, passes, askAgain);
  useEffect(() => setShown({ question, live: NO_LIVE_ROWS }), [question, from]);

  const show = useCallback(() => {
    shownAt.current = performance.now();
    setWaiting(NONE_WAITING);
    const before = shown.question === question ? shown.live : NO_LIVE_ROWS;
    const live = scope === null ? before : withWaiting(before, waiting, scope);
    if (live === undefined) askAgain();
    else setShown({ question, live });
  }, [waiting, setWaiting, scope, question, shown, askAgain]);

  useEffect(() => {
    if (still || waiting.became.size === 0 || everyMs === Number.POSITIVE_INFINITY)
      return undefined;
    // The first after a pause is shown at once; what follows, as often as was chosen.
    const timer = setTimeout(show, Math.max(0, shownAt.current + everyMs - performance.now()));
    return () => clearTimeout(timer);
  }, [still, waiting, everyMs, show]);

  const held = still || everyMs > SHOW_MS.live;
  const live = shown.question === question ? shown.live : NO_LIVE_ROWS;
  return {
    ...live,
    waiting: held && scope !== null ? newsIn(waiting, scope) : 0,
    waitingMore: waiting.more,
    showWaiting: show,
  };
}

/**
 * What arrived and is not shown; a new answer begins with what came between it and now.
 *
 * @param passes null when only the server can judge it: then it is asked again
 */
function useWaiting(
  question: string,
  from: number | undefined,
  passes: RowPredicate | null,
  askAgain: () => void,
): readonly [Waiting, (waiting: Waiting) => void] {
  const feed = useLiveFeed();
  const { past } = useAddress();
  const arrived = useRef<Change[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [waiting, setWaiting] = useState(NONE_WAITING);
  useEffect(() => {
    arrived.current = [];
    setWaiting(NONE_WAITING);
    if (from === undefined || past) return;
    const since = feed.since(from);
    if (!since.complete) askAgain();
    else if (passes !== null) setWaiting(withArrived(NONE_WAITING, since.changes, passes));
  }, [question, from, feed, past, passes, askAgain]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useChanges((changes) => {
    if (from === undefined || past) return;
    if (passes === null) return askAgain();
    arrived.current.push(...changes);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const gathered = arrived.current;
      arrived.current = [];
      setWaiting((before) => withArrived(before, gathered, passes));
    }, GATHER_MS);
  });
  return [waiting, setWaiting];
}
