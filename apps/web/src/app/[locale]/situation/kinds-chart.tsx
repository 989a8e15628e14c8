'use client';

import type { Annotation } from '@ceasewatch/api/contract/centre';
import { DISPLAY_GROUPS, type DisplayGroup } from '@ceasewatch/domain/observation/vocabulary';
import type { ChartBucket, Situation } from '@ceasewatch/domain/situation/situation';
import { useComputedColorScheme } from '@mantine/core';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { memo, useMemo, useState } from 'react';
import type { StackedBars } from '../../../charts/chart.tsx';
import { toggled } from '../../../filter/filter-query.ts';
import { useView } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import type { Words } from '../../../format/words.ts';
import { GLYPHS, KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { BucketTable, totalOf } from './bucket-table.tsx';
import { bucketLength, bucketTitle, labelsOf } from './bucket-words.ts';
import { markingOf } from './chart-marking.ts';
import styles from './situation.module.css';
import own from './kinds-chart.module.css';

/** Its drawing comes after the figures and the feed, which need no library. */
const StackedBarChart = dynamic(
  () => import('../../../charts/chart.tsx').then((room) => room.StackedBarChart),
  { ssr: false, loading: () => <div className={own.blank} /> },
);

/** Reports over time by display group, with what was agreed or announced drawn across them. */
export const KindsChart = memo(function KindsChart({
  situation,
}: {
  readonly situation: Situation | null;
}) {
  const t = useTranslations();
  const { centre, settled, zone } = useCentre();
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: true });
  const [asTable, setAsTable] = useState(false);
  const buckets = situation?.chart;
  // What was agreed after the moment looked at is not drawn into it.
  const annotations = settled ? centre?.annotations : undefined;
  const bars = useMemo(
    () => (buckets === undefined ? null : barsOf(buckets, annotations ?? [], zone, t)),
    [buckets, annotations, zone, t],
  );
  const first = buckets?.at(-2) ?? buckets?.at(-1);
  const length = first === undefined ? '' : bucketLength(first, t);
  return (
    <section
      className={`${styles.panel} ${styles.chart} ${styles.dim}`}
      aria-label={t('situation.chart.title')}
    >
      <div className={styles.head}>
        <h2>{t('situation.chart.title')}</h2>
        {length !== '' && (
          <span className={styles.note}>{t('situation.chart.perBucket', { bucket: length })}</span>
        )}
        {buckets?.at(-1)?.partial === true && (
          <span className={`${styles.note} ${own.partial}`}>{t('situation.chart.partial')}</span>
        )}
        <button
          type="button"
          className={`${styles.textButton} ${styles.push} no-print`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('situation.chart.figure') : t('situation.chart.table')}
        </button>
      </div>
      <div className={own.body} aria-busy={bars === null}>
        {bars === null && <div className={own.blank} />}
        {bars !== null && buckets !== undefined && asTable && (
          <BucketTable buckets={buckets} titles={bars.titles} />
        )}
        {bars !== null && buckets !== undefined && !asTable && (
          <StackedBarChart
            bars={bars}
            scheme={scheme}
            summary={summaryOf(buckets, bars.titles, length, t)}
          />
        )}
      </div>
      <Legend />
    </section>
  );
});

/** Each kind's sign, and a way to filter by it; the last one chosen is taken away again by its chip. */
const Legend = memo(function Legend() {
  const t = useTranslations();
  const { filter, setFilter } = useView();
  const chosen = filter.group ?? [];
  const toggle = (group: DisplayGroup) =>
    setFilter((now) => ({ ...now, group: toggled(now.group, group) }));
  return (
    <ul className={own.legend} aria-label={t('situation.chart.legend')}>
      {DISPLAY_GROUPS.map((group) => (
        <li key={group}>
          <button type="button" aria-pressed={chosen.includes(group)} onClick={() => toggle(group)}>
            <KindGlyph group={group} /> {t(`words.group.${group}`)}
          </button>
        </li>
      ))}
    </ul>
  );
});

function barsOf(
  buckets: readonly ChartBucket[],
  annotations: readonly Annotation[],
  zone: string,
  t: Words,
): StackedBars {
  return {
    labels: labelsOf(buckets, zone),
    titles: buckets.map((bucket) => bucketTitle(bucket, zone)),
    series: DISPLAY_GROUPS.map((group) => ({
      label: t(`words.group.${group}`),
      token: GLYPHS[group].token,
      values: buckets.map(({ reports }) => reports[group]),
    })),
    partial: buckets.map(({ partial }) => partial),
    markings: annotations.flatMap((annotation) => markingOf(annotation, buckets)),
  };
}

function summaryOf(
  buckets: readonly ChartBucket[],
  titles: readonly string[],
  bucket: string,
  t: Words,
): string {
  const totals = buckets.map(totalOf);
  const all = totals.reduce((sum, each) => sum + each, 0);
  const span = { from: titles[0] ?? '', to: titles.at(-1) ?? '' };
  if (all === 0) return t('situation.chart.summaryEmpty', span);
  const most = Math.max(...totals);
  const peak = titles[totals.indexOf(most)] ?? '';
  return t('situation.chart.summary', {
    ...span,
    bucket,
    total: whole(all),
    peak,
    peakCount: whole(most),
  });
}
