'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import {
  compileFilter,
  isFoldable,
  type RowPredicate,
} from '@ceasewatch/domain/situation/observation-filter';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import { addressOf, getJson } from '../../../api/fetch-json.ts';
import { FilterBar } from '../../../filter/filter-bar.tsx';
import { filterSearch, isFiltered } from '../../../filter/filter-query.ts';
import { putMoment } from '../../../filter/moment.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import { useChanges, useGeneration, useLiveFeed } from '../../../live/use-live.ts';
import { AskedInVain } from '../../../shell/asked-in-vain.tsx';
import { ObservationTable } from './observation-table.tsx';
import styles from './observations.module.css';

const PAGE = 100;
const FORMATS = ['csv', 'geojson', 'ndjson'] as const;

/**
 * The list behind every figure: exactly the rows that pass the filter, newest occurrence first. It
 * stands still while it is read; what arrived meanwhile is counted and shown when asked for.
 */
export function ObservationsScreen() {
  const t = useTranslations();
  const list = useList();
  const first = list.pages[0];
  const rows = list.pages.flatMap((page) => page.items);
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <h1>{t('observations.title')}</h1>
        <span className={styles.note} data-testid="matching">
          {first !== undefined &&
            t('observations.matchingOnly', { n: first.matching, count: whole(first.matching) })}
        </span>
        {first?.narrativeSearched !== undefined && (
          <span className={styles.note}>
            {first.narrativeSearched ? t('observations.narrative') : t('observations.noNarrative')}
          </span>
        )}
        <Exports />
      </div>
      <FilterBar windows={false} matching={null} total={null} />
      {list.newer > 0 && (
        <Button
          className={`${styles.newer} no-print`}
          variant="default"
          size="compact-sm"
          onClick={list.showNewer}
        >
          {t('past.newer', { n: whole(list.newer) })}
        </Button>
      )}
      {list.error !== null && (
        <p className={styles.error} role="alert">
          {t('observations.error')} <AskedInVain error={list.error} onTry={list.retry} />
        </p>
      )}
      {first !== undefined && first.matching === 0 && <Empty />}
      {(list.loading || rows.length > 0) && <ObservationTable rows={rows} loading={list.loading} />}
      {list.hasMore && (
        <Button
          className={`${styles.more} no-print`}
          variant="default"
          loading={list.loadingMore}
          onClick={list.more}
        >
          {t('observations.more', { n: PAGE })}
        </Button>
      )}
    </div>
  );
}

/** Why there is no row, and the way on from there. */
function Empty() {
  const t = useTranslations('observations');
  const locale = useLocale();
  const { filter, past, setFilter } = useAddress();
  const filtered = isFiltered(filter);
  return (
    <div className={styles.empty} role="status">
      <strong>{t(filtered ? 'empty' : past ? 'nonePast' : 'none')}</strong>
      {filtered && (
        <Button className="no-print" variant="default" onClick={() => setFilter(() => ({}))}>
          {t('clear')}
        </Button>
      )}
      {!filtered && !past && (
        <Link className={`${styles.link} no-print`} href={`/${locale}/report`} prefetch={false}>
          {t('report')}
        </Link>
      )}
    </div>
  );
}

function useList() {
  const address = useAddress();
  const { filter, asOf } = address;
  const generation = useGeneration();
  const question = putMoment(filterSearch(filter), address).toString();
  const list = useInfiniteQuery({
    queryKey: ['observations', asOf, question, generation],
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(question);
      page.set('order', 'occurred');
      page.set('limit', PAGE.toString());
      if (pageParam !== '') page.set('cursor', pageParam);
      return getJson<ObservationPage>('/api/observations', { search: page, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const newer = useNewer(list.data?.pages[0]?.asOf);
  return {
    pages: list.data?.pages ?? [],
    loading: list.isPending,
    error: list.error,
    hasMore: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    more: () => void list.fetchNextPage(),
    newer,
    showNewer: () => void list.refetch(),
    retry: () => void list.refetch(),
  };
}

/**
 * How many changes that concern the list came since it was answered, those before it was shown again
 * included.
 *
 * @param known the event at which it was answered
 */
function useNewer(known: number | undefined): number {
  const { filter, past } = useAddress();
  const feed = useLiveFeed();
  const [newer, setNewer] = useState({ known, n: 0 });
  const passes = useMemo(() => (isFoldable(filter) ? compileFilter(filter) : null), [filter]);
  const counted = !past && passes !== null && known !== undefined;
  useEffect(() => {
    if (!counted) return;
    // What is no longer kept cannot be counted; such a list has been asked again when it came back.
    const since = feed.since(known);
    setNewer({ known, n: since.complete ? concerning(since.changes, passes) : 0 });
  }, [counted, known, passes, feed]);
  useChanges((changes) => {
    if (!counted) return;
    const n = concerning(
      changes.filter(({ seq }) => seq > known),
      passes,
    );
    if (n > 0) setNewer((before) => (before.known === known ? { known, n: before.n + n } : before));
  });
  return counted && newer.known === known ? newer.n : 0;
}

/** New in the list, changed in it, or gone from it. */
function concerning(changes: readonly Change[], passes: RowPredicate): number {
  return changes.filter(({ before, after }) =>
    [before, after].some((row) => row !== null && passes(row)),
  ).length;
}

/** The whole filtered list, however long, as files; the same as-of as the screen. */
function Exports() {
  const t = useTranslations('observations');
  const address = useAddress();
  const search = putMoment(filterSearch(address.filter), address);
  return (
    <nav className={`${styles.exports} no-print`} aria-label={t('export')}>
      {FORMATS.map((format) => (
        <a
          key={format}
          href={addressOf(`/api/observations.${format}`, search)}
          download
          aria-label={t('exportAs', { format: t(`format.${format}`) })}
        >
          {t(`format.${format}`)}
        </a>
      ))}
    </nav>
  );
}
