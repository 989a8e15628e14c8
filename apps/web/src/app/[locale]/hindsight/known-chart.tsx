'use client';

import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { useComputedColorScheme } from '@mantine/core';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { changeAddress } from '../../../shell/change-address.ts';
import { bucketLength, bucketTitle, labelsOf } from '../situation/bucket-words.ts';
import { barsOf, chartSentence, type KnownPart, SERIES } from './known-bars.ts';
import { KnownTable } from './known-table.tsx';
import { TwoAnswers } from './two-answers.tsx';
import styles from './hindsight.module.css';

/** Its drawing comes after the figures, which need no library. */
const StackedBarChart = dynamic(
  () => import('../../../charts/chart.tsx').then((room) => room.StackedBarChart),
  { ssr: false, loading: () => <div className={styles.blank} /> },
);

/** Every hour or day twice: as it was known at its end, and as it is known now. */
export function KnownChart({
  answer,
  zone,
  picked,
}: {
  readonly answer: HindsightAnswer;
  readonly zone: string;
  readonly picked: string | null;
}) {
  const t = useTranslations();
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: true });
  const [asTable, setAsTable] = useState(false);
  const { buckets, whole } = answer;
  const titles = useMemo(() => buckets.map((each) => bucketTitle(each, zone)), [buckets, zone]);
  const bars = useMemo(
    () => barsOf(buckets, labelsOf(buckets, zone), titles, t),
    [buckets, zone, titles, t],
  );
  // The first and the last may be cut short by the window.
  const usual = buckets[Math.floor(buckets.length / 2)] ?? whole;
  const bucket = bucketLength(usual, t);
  const sentence = chartSentence(answer, titles, { bucket, zone }, t);
  const at = buckets.findIndex(({ from }) => from === picked);
  const pick = (to: number) => choose(buckets[to]?.from ?? null);
  const chosen = buckets[at];
  return (
    <section className={styles.panel} aria-label={t('hindsight.chart.title', { bucket })}>
      <div className={styles.panelHead}>
        <h2>{t('hindsight.chart.title', { bucket })}</h2>
        <button
          type="button"
          className={`${styles.textButton} no-print`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('situation.chart.figure') : t('situation.chart.table')}
        </button>
      </div>
      <p className={styles.sentence}>{sentence}</p>
      {asTable ? (
        <KnownTable answer={answer} titles={titles} onPick={pick} />
      ) : (
        <div
          className={styles.scroll}
          role="group"
          tabIndex={0}
          aria-label={t('hindsight.chart.scroll')}
        >
          <div className={styles.drawing} style={{ minWidth: `${buckets.length * 0.875}rem` }}>
            <StackedBarChart bars={bars} scheme={scheme} summary={sentence} onPick={pick} />
          </div>
        </div>
      )}
      <Legend />
      <p className={styles.note}>{t('hindsight.chart.help', { bucket })}</p>
      <p className={`${styles.note} no-print`}>{t('hindsight.chart.pick')}</p>
      {chosen !== undefined && (
        <section className={styles.picked} aria-label={t('hindsight.picked.label', { bucket })}>
          <div className={styles.panelHead}>
            <h3>{titles[at]}</h3>
            <span className={`${styles.steps} no-print`}>
              <button type="button" disabled={at === 0} onClick={() => pick(at - 1)}>
                {t('hindsight.picked.before')}
              </button>
              <button
                type="button"
                disabled={at === buckets.length - 1}
                onClick={() => pick(at + 1)}
              >
                {t('hindsight.picked.after')}
              </button>
              <button type="button" onClick={() => choose(null)}>
                {t('hindsight.picked.close')}
              </button>
            </span>
          </div>
          <TwoAnswers bucket={chosen} now={answer.asOf} zone={zone} />
        </section>
      )}
    </section>
  );
}

function choose(from: string | null): void {
  changeAddress((now) => {
    const next = new URLSearchParams(now);
    if (from === null) next.delete('sel');
    else next.set('sel', from);
    return next;
  }, 'replace');
}

function Legend() {
  const t = useTranslations('hindsight.chart');
  return (
    <ul className={styles.legend} aria-label={t('legend')}>
      {SERIES.map(({ name }) => (
        <li key={name}>
          <i className={styles.swatch} data-part={PART_OF[name]} aria-hidden />{' '}
          {t(`series.${name}`)}
        </li>
      ))}
    </ul>
  );
}

const PART_OF: Readonly<Record<KnownPart, string>> = {
  same: 'same',
  reworded: 'reworded',
  retracted: 'retracted',
  kept: 'same',
  corrected: 'corrected',
  late: 'late',
};
