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
const UNCHANGED: Changed = new Map();

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

/** What became of observations since the answer: the last row of each; null when it has none. */
type Changed = ReadonlyMap<string, ObservationRow | null>;

function carryOn(rows: Map<string, ObservationRow>, changed: Changed, passes: RowPredicate): void {
  for (const [id, row] of changed) {
    rows.delete(id);
    if (row !== null && passes(row)) rows.set(id, row);
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
function useChangedRows(from: number | undefined, still: boolean): Changed {
  const feed = useLiveFeed();
  const [changed, setChanged] = useState<Changed>(UNCHANGED);
  const pending = useRef<Change[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    pending.current = [];
    setChanged(
      from === undefined || still ? UNCHANGED : withLast(UNCHANGED, feed.since(from) ?? []),
    );
  }, [from, still, feed]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useChanges((changes) => {
    if (from === undefined || still) return;
    pending.current.push(...changes);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const arrived = pending.current;
      pending.current = [];
      setChanged((known) => withLast(known, arrived));
    }, SHOW_MS);
  });
  return changed;
}

/** A page is open for weeks: of many changes to one observation only the last is kept. */
function withLast(known: Changed, changes: readonly Change[]): Changed {
  const last = new Map(known);
  for (const { before, after } of changes) {
    const id = (after ?? before)?.id;
    if (id !== undefined) last.set(id, after);
  }
  return last;
}
