'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import {
  compileFilter,
  isFoldable,
  type RowPredicate,
} from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { useAskAgain } from '../../../api/use-ask-again.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { useChanges, useGeneration, useLiveFeed } from '../../../live/use-live.ts';
import { remember } from '../../../serious/first-sighting.ts';
import { type AnsweredRows, type Changed, drawnRows, MAP_CAP, withLast } from './map-rows.ts';

/** The rows that the map draws: those of the window, the newest first, up to what a map can hold. */
export interface MapRows extends AnsweredRows {
  /** The last asking failed: what is drawn is older, or nothing. */
  readonly error: Error | null;
  retry(): void;
}

const PAGE = 500;
const SHOW_MS = 1_000;
const NONE: AnsweredRows = { rows: [], capped: false };
const UNCHANGED: Changed = new Map();

/** @param since beginning of the window; null before it is known */
export function useMapRows(since: string | null): MapRows {
  const { filter, window, asOf } = useAddress();
  const generation = useGeneration();
  const search = useMemo(() => filterSearch(filter).toString(), [filter]);
  const { data, error, refetch } = useQuery({
    queryKey: ['map', asOf, search, window, generation],
    queryFn: ({ signal }) => allPages(search, since, asOf, signal),
    enabled: since !== null,
  });
  const passes = useMemo(() => (isFoldable(filter) ? compileFilter(filter) : null), [filter]);
  const changed = useChangedRows(data, passes, since, asOf !== null);
  const drawn = useMemo(
    () => (data === undefined ? NONE : drawnRows(data, changed, passes, since)),
    [data, changed, passes, since],
  );
  return { ...drawn, error, retry: () => void refetch() };
}

interface MapAnswer extends AnsweredRows {
  readonly asOf: number;
}

async function allPages(
  search: string,
  since: string | null,
  asOf: number | null,
  signal: AbortSignal,
): Promise<MapAnswer> {
  const rows: ObservationRow[] = [];
  let cursor: string | undefined = '';
  let at = -1;
  while (cursor !== undefined && rows.length < MAP_CAP) {
    const page = new URLSearchParams(search);
    page.set('order', 'occurred');
    page.set('limit', PAGE.toString());
    if (since !== null && !page.has('from')) page.set('from', since);
    if (asOf !== null) page.set('asOf', asOf.toString());
    if (cursor !== '') page.set('cursor', cursor);
    const answer: ObservationPage = await getJson<ObservationPage>('/api/observations', {
      search: page,
      signal,
    });
    rows.push(...answer.items);
    // The first page is the oldest knowledge: changes are applied from there.
    if (at === -1) at = answer.asOf;
    cursor = answer.next;
  }
  remember(rows);
  return { rows, capped: cursor !== undefined, asOf: at };
}

/** Every change since the rows were answered, shown once a second. */
function useChangedRows(
  answered: MapAnswer | undefined,
  passes: RowPredicate | null,
  since: string | null,
  still: boolean,
): Changed {
  const feed = useLiveFeed();
  const [changed, setChanged] = useState<Changed>(UNCHANGED);
  const pending = useRef<Change[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const askAgain = useAskAgain('map');
  useEffect(() => {
    pending.current = [];
    setChanged(UNCHANGED);
    if (answered === undefined || still) return;
    const missed = feed.since(answered.asOf);
    if (missed.complete) setChanged(withLast(UNCHANGED, missed.changes, answered, passes, null));
    else askAgain();
  }, [answered, passes, still, feed, askAgain]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useChanges((changes) => {
    if (answered === undefined || still) return;
    if (passes === null) return askAgain();
    pending.current.push(...changes);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const arrived = pending.current;
      pending.current = [];
      setChanged((known) => withLast(known, arrived, answered, passes, since));
    }, SHOW_MS);
  });
  return changed;
}
