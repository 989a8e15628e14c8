'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import {
  compileFilter,
  isFoldable,
  type RowPredicate,
} from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { useAskAgain } from '../../../api/use-ask-again.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { type Moment, putMoment } from '../../../filter/moment.ts';
import { type Address, useAddress } from '../../../filter/use-address.ts';
import { useChanges, useGeneration, useLiveFeed } from '../../../live/use-live.ts';
import { usePace } from '../../../live/use-pace.ts';
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
  const { filter, window, asOf, until, past } = useAddress();
  const generation = useGeneration();
  const { data, error, refetch } = useQuery({
    ...askMapRows({ filter, window, asOf, until }, since, generation),
    enabled: since !== null,
  });
  const passes = useMemo(() => (isFoldable(filter) ? compileFilter(filter) : null), [filter]);
  const changed = useChangedRows(data, passes, since, past);
  const drawn = useMemo(
    () => (data === undefined ? NONE : drawnRows(data, changed, passes, since)),
    [data, changed, passes, since],
  );
  return { ...drawn, error, retry: () => void refetch() };
}

/** The rows of the map, for whoever draws them or fetches them before they are drawn. */
export function askMapRows(
  { filter, window, asOf, until }: Pick<Address, 'filter' | 'window'> & Moment,
  since: string | null,
  generation: number,
) {
  const search = filterSearch(filter).toString();
  return queryOptions({
    queryKey: ['map', asOf, search, window, until, generation],
    queryFn: ({ signal }) => allPages(search, since, { asOf, until }, signal),
    ...(asOf === null ? {} : { gcTime: KEPT_MS }),
  });
}

/** In the past, where one goes from moment to moment. */
const KEPT_MS = 60_000;

interface MapAnswer extends AnsweredRows {
  readonly asOf: number;
}

async function allPages(
  search: string,
  since: string | null,
  moment: Moment,
  signal: AbortSignal,
): Promise<MapAnswer> {
  const rows: ObservationRow[] = [];
  let cursor: string | undefined = '';
  let at = -1;
  while (cursor !== undefined && rows.length < MAP_CAP) {
    const page = putMoment(new URLSearchParams(search), moment);
    page.set('order', 'occurred');
    page.set('limit', PAGE.toString());
    if (since !== null && !page.has('from')) page.set('from', since);
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

/** Every change since the rows were answered, shown once a second when they come fast. */
function useChangedRows(
  answered: MapAnswer | undefined,
  passes: RowPredicate | null,
  since: string | null,
  still: boolean,
): Changed {
  const feed = useLiveFeed();
  const [changed, setChanged] = useState<Changed>(UNCHANGED);
  const pending = useRef<Change[]>([]);
  const askAgain = useAskAgain('map');
  const show = usePace(SHOW_MS, () => {
    if (answered === undefined) return;
    const arrived = pending.current;
    pending.current = [];
    setChanged((known) => withLast(known, arrived, answered, passes, since));
  });
  useEffect(() => {
    pending.current = [];
    setChanged(UNCHANGED);
    if (answered === undefined || still) return;
    const missed = feed.since(answered.asOf);
    if (missed.complete) setChanged(withLast(UNCHANGED, missed.changes, answered, passes, null));
    else askAgain();
  }, [answered, passes, still, feed, askAgain]);
  useChanges((changes) => {
    if (answered === undefined || still) return;
    if (passes === null) return askAgain();
    pending.current.push(...changes);
    show();
  });
  return changed;
}
