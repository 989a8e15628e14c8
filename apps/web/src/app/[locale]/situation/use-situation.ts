'use client';

import type { SituationAnswer } from '@ceasewatch/api/contract';
import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { isFireItem } from '@ceasewatch/domain/observation/vocabulary';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import { isFoldable } from '@ceasewatch/domain/situation/observation-filter';
import {
  applyChange,
  resumeSituation,
  type SituationFold,
  toSituation,
} from '@ceasewatch/domain/situation/situation-fold';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { instantOf, millis } from '../../../format/instants.ts';
import { useMinute } from '../../../live/use-now.ts';
import { useChanges, useLive, useLiveFeed } from '../../../live/use-live.ts';

/**
 * The figures of the screen: a snapshot of the server, carried on by the live changes with the same
 * fold, asked again when the minute turns because every window then ends later. In the past it stands
 * still.
 */
export interface SituationView {
  readonly situation: Situation | null;
  readonly lastFireItem: SituationAnswer['lastFireItem'];
  readonly silentUnits: SituationAnswer['silentUnits'];
  readonly loading: boolean;
  /**
   * Beginning of the window that the address asks for; null while the answer to it is on its way and
   * the screen still shows the one before.
   */
  readonly since: string | null;
  /** The last question failed; what is shown is older. */
  readonly error: Error | null;
  readonly answeredAt: number;
  retry(): void;
}

const SHOW_MS = 1_000;
const ASK_AGAIN_MS = 5_000;

export function useSituation(): SituationView {
  const address = useAddress();
  const minute = useMinute();
  const { generation } = useLive();
  const search = situationSearch(address, minute);
  const { data, error, isPending, isPlaceholderData, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['situation', search.toString(), generation],
    queryFn: ({ signal }) => getJson<SituationAnswer>('/api/situation', { search, signal }),
    enabled: minute > 0,
    placeholderData: (kept) => kept,
    gcTime: 2 * MINUTE_MS,
  });
  const folded = useFolded(data, address.asOf !== null);
  return {
    situation: folded.situation ?? data?.situation ?? null,
    lastFireItem: folded.lastFireItem ?? data?.lastFireItem ?? null,
    silentUnits: data?.silentUnits ?? [],
    loading: isPending,
    since: data === undefined || isPlaceholderData ? null : data.situation.window.from,
    error,
    answeredAt: dataUpdatedAt,
    retry: () => void refetch(),
  };
}

function situationSearch({ filter, window, asOf }: Address, minute: number): URLSearchParams {
  const { from: _from, to: _to, ...rest } = filter;
  const search = filterSearch(rest);
  search.set('window', window);
  // The minute that runs belongs to the window, or a report would be seen in the feed and not counted.
  if (asOf === null) search.set('at', instantOf(minute + MINUTE_MS));
  else search.set('asOf', asOf.toString());
  return search;
}

interface Folded {
  readonly situation: Situation | null;
  readonly lastFireItem: SituationAnswer['lastFireItem'];
}

const NOTHING: Folded = { situation: null, lastFireItem: null };

/** Applies changes as they come and shows the result at most once a second. */
function useFolded(answer: SituationAnswer | undefined, still: boolean): Folded {
  const feed = useLiveFeed();
  const fold = useRef<SituationFold | null>(null);
  const last = useRef<SituationAnswer['lastFireItem']>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const shownAt = useRef(0);
  const [shown, setShown] = useState<Folded>(NOTHING);
  const askAgain = useAskAgain();

  useEffect(() => {
    fold.current = null;
    last.current = null;
    if (answer === undefined || still || !isFoldable(answer.situation.query.filter)) {
      setShown(NOTHING);
      return;
    }
    const missed = feed.since(answer.situation.seq);
    if (missed === undefined) return askAgain();
    const resumed = resumeSituation(answer.situation);
    for (const change of missed) applyChange(resumed, change);
    if (startsEarlier(answer, missed)) askAgain();
    fold.current = resumed;
    last.current = latestFireItem(answer.lastFireItem, missed);
    setShown({ situation: toSituation(resumed), lastFireItem: last.current });
  }, [answer, still, feed, askAgain]);

  useEffect(() => () => clearTimeout(timer.current), []);

  useChanges((changes) => {
    const running = fold.current;
    if (running === null) {
      if (answer !== undefined && !still) askAgain();
      return;
    }
    const fresh = changes.filter((change) => change.seq > running.seq);
    for (const change of fresh) applyChange(running, change);
    if (startsEarlier(answer, fresh)) askAgain();
    last.current = latestFireItem(last.current, fresh);
    // The first after a pause is shown at once; what follows, once a second.
    const wait = Math.max(0, shownAt.current + SHOW_MS - performance.now());
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      shownAt.current = performance.now();
      if (fold.current !== null)
        setShown({ situation: toSituation(fold.current), lastFireItem: last.current });
    }, wait);
  });
  return shown;
}

/** The window of all reports begins with the oldest: one that is older still, an import's, moves it. */
function startsEarlier(answer: SituationAnswer | undefined, changes: readonly Change[]): boolean {
  if (answer?.situation.query.window !== 'all') return false;
  const from = millis(answer.situation.window.from);
  return changes.some(({ after }) => after !== null && millis(after.when.from) < from);
}

/** Free text cannot be folded here: the server is asked again, not more often than every five seconds. */
function useAskAgain(): () => void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: ['situation'] });
    }, ASK_AGAIN_MS);
  }, [queries]);
}

/** A new fire item moves it forward; that one was retracted is known with the next minute's answer. */
function latestFireItem(
  known: SituationAnswer['lastFireItem'],
  changes: readonly Change[],
): SituationAnswer['lastFireItem'] {
  let latest = known;
  for (const { after } of changes) {
    if (after === null || after.status !== 'recorded' || !isFireItem(after.kind)) continue;
    if (latest === null || millis(after.when.to) > millis(latest.at)) {
      latest = { id: after.id, number: after.number, at: after.when.to };
    }
  }
  return latest;
}
