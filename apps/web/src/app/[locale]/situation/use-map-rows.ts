'use client';

import type { ObservationPage } from '@ceasewatch/api/contract';
import {
  compileFilter,
  isFoldable,
  type RowPredicate,
} from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { useChanges, useLive, useLiveFeed } from '../../../live/use-live.ts';
import { remember } from './first-sighting.ts';

/** The rows that the map draws: those of the window, the newest first, up to what a map can hold. */
export interface MapRows {
  readonly rows: readonly ObservationRow[];
  /** More pass the filter than are drawn. */
  readonly capped: boolean;
}

export const MAP_CAP = 2_000;
const PAGE = 500;
const SHOW_MS = 1_000;
const NONE: MapRows = { rows: [], capped: false };

/** @param since beginning of the window; null before it is known */
export function useMapRows(since: string | null): MapRows {
  const { filter, window, asOf } = useAddress();
  const { generation } = useLive();
  const search = useMemo(() => filterSearch(filter).toString(), [filter]);
  const { data } = useQuery({
    queryKey: ['map', search, window, asOf, generation],
    queryFn: ({ signal }) => allPages(search, since, asOf, signal),
    enabled: since !== null,
  });
  const changed = useChangedRows(data?.asOf, asOf !== null);
  return useMemo(() => {
    if (data === undefined) return NONE;
    const rows = new Map(data.rows.map((row) => [row.id, row]));
    if (isFoldable(filter)) carryOn(rows, changed, compileFilter(filter));
    // The window moves on with the minute: what falls out of it is no longer counted, nor drawn.
    const drawn = [...rows.values()].filter((row) => since === null || row.when.from >= since);
    return { rows: drawn, capped: data.capped };
  }, [data, changed, filter, since]);
}

function carryOn(
  rows: Map<string, ObservationRow>,
  changed: readonly Change[],
  passes: RowPredicate,
): void {
  for (const { before, after } of changed) {
    if (before !== null) rows.delete(before.id);
    if (after !== null && passes(after)) rows.set(after.id, after);
  }
}

async function allPages(
  search: string,
  since: string | null,
  asOf: number | null,
  signal: AbortSignal,
) {
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
function useChangedRows(from: number | undefined, still: boolean): readonly Change[] {
  const feed = useLiveFeed();
  const [changed, setChanged] = useState<readonly Change[]>([]);
  const pending = useRef<Change[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    pending.current = [];
    setChanged(from === undefined || still ? [] : (feed.since(from) ?? []));
  }, [from, still, feed]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useChanges((changes) => {
    if (from === undefined || still) return;
    pending.current.push(...changes);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const arrived = pending.current;
      pending.current = [];
      setChanged((known) => [...known, ...arrived]);
    }, SHOW_MS);
  });
  return changed;
}
