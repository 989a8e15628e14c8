'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import { compileFilter, isFoldable } from '@ceasewatch/domain/situation/observation-filter';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
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
  type FeedScope,
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
/** The live one is what changes are gathered for. */
const SHOW_MS: Readonly<Record<FeedRate, number>> = {
  live: 0,
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

/** What has been shown of the changes since a question was answered, and what waits. */
interface Held {
  readonly question: string;
  readonly live: LiveRows;
  readonly waiting: Waiting;
  /** So much waited that the feed must be asked anew. */
  readonly lost: boolean;
}

/** Rows that changed since the first page was answered, shown as often as was chosen. */
function useLiveRows(
  still: boolean,
  since: string | null,
  from: number | undefined,
  question: string,
): LiveRows & Pick<FeedView, 'waiting' | 'waitingMore' | 'showWaiting'> {
  const everyMs = SHOW_MS[useSettings().feedRate];
  const feed = useLiveFeed();
  const { filter, past } = useAddress();
  const askAgain = useAskAgain('feed');
  const passes = useMemo(() => (isFoldable(filter) ? compileFilter(filter) : null), [filter]);
  const scope = useMemo(() => (passes === null ? null : { passes, since }), [passes, since]);
  const [held, setHeld] = useState(() => heldOf(question, NONE_WAITING));
  const shownAt = useRef(0);
  useEffect(() => {
    setHeld(heldOf(question, NONE_WAITING));
    if (from === undefined || past) return;
    const missed = feed.since(from);
    if (!missed.complete) askAgain();
    else if (passes !== null)
      setHeld(heldOf(question, withArrived(NONE_WAITING, missed.changes, passes)));
  }, [question, from, feed, past, passes, askAgain]);

  const show = useCallback(() => {
    shownAt.current = performance.now();
    setHeld((before) => withShown(before, question, scope));
  }, [question, scope]);

  useChanges((changes) => {
    if (from === undefined || past) return;
    if (passes === null) return askAgain();
    setHeld((before) => ({ ...before, waiting: withArrived(before.waiting, changes, passes) }));
    if (!still && everyMs === SHOW_MS.live) show();
  });

  const waits = held.waiting.became.size > 0;
  useEffect(() => {
    if (still || !waits || everyMs === Number.POSITIVE_INFINITY) return undefined;
    // The first after a pause is shown at once; what follows, as often as was chosen.
    const timer = setTimeout(show, Math.max(0, shownAt.current + everyMs - performance.now()));
    return () => clearTimeout(timer);
  }, [still, waits, everyMs, show]);
  useEffect(() => {
    if (held.lost) askAgain();
  }, [held.lost, askAgain]);

  const live = held.question === question ? held.live : NO_LIVE_ROWS;
  const isHeld = still || everyMs > SHOW_MS.live;
  return {
    ...live,
    waiting: isHeld && scope !== null ? newsIn(held.waiting, scope) : 0,
    waitingMore: held.waiting.more,
    showWaiting: show,
  };
}

function heldOf(question: string, waiting: Waiting): Held {
  return { question, live: NO_LIVE_ROWS, waiting, lost: false };
}

function withShown(before: Held, question: string, scope: FeedScope | null): Held {
  const known = before.question === question ? before.live : NO_LIVE_ROWS;
  const live = scope === null ? known : withWaiting(known, before.waiting, scope);
  return { question, live: live ?? known, waiting: NONE_WAITING, lost: live === undefined };
}
