'use client';

import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { DELAY_HOURS, type ReportingDelay } from '@ceasewatch/domain/hindsight/hindsight';
import { useComputedColorScheme } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import type { StackedBars } from '../../../charts/chart.tsx';
import { listAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { percentOf, whole } from '../../../format/numbers.ts';
import type { Names, Words } from '../../../format/words.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import styles from './hindsight.module.css';

const StackedBarChart = dynamic(
  () => import('../../../charts/chart.tsx').then((room) => room.StackedBarChart),
  { ssr: false, loading: () => <div className={styles.blank} /> },
);

/** How complete the record was an hour, six hours, a day and a week after what it tells of. */
export function DelayPanel({ answer }: { readonly answer: HindsightAnswer }) {
  const t = useTranslations();
  const { names } = useCentre();
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: true });
  const [asTable, setAsTable] = useState(false);
  const { delay } = answer;
  const rows = useMemo(() => contingentRows(delay, names, t), [delay, names, t]);
  const bars = useMemo(() => barsOf(rows, t), [rows, t]);
  const timed = timedOf(delay);
  const [h1, h6, h24, h168] = sharesOf(delay);
  const sentence =
    timed === 0
      ? t('hindsight.delay.none')
      : t('hindsight.delay.summary', {
          n: timed,
          h1: h1 ?? '',
          h6: h6 ?? '',
          h24: h24 ?? '',
          h168: h168 ?? '',
        });
  return (
    <section className={styles.panel} aria-label={t('hindsight.delay.title')}>
      <div className={styles.panelHead}>
        <h2>{t('hindsight.delay.title')}</h2>
        {timed > 0 && (
          <button
            type="button"
            className={`${styles.textButton} no-print`}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('situation.chart.figure') : t('situation.chart.table')}
          </button>
        )}
      </div>
      <p className={styles.note}>{t('hindsight.delay.help')}</p>
      <p className={styles.sentence}>{sentence}</p>
      {timed > 0 && asTable && <ShareTable rows={rows} heading={t('hindsight.delay.contingent')} />}
      {timed > 0 && !asTable && (
        <div className={styles.shares}>
          <StackedBarChart bars={bars} scheme={scheme} summary={sentence} />
        </div>
      )}
      {timed > 0 && !asTable && <Legend rows={rows} />}
      <p className={styles.note}>
        {delay.hourUnknown > 0 && t('hindsight.delay.unknown', { n: delay.hourUnknown })}{' '}
        {t('hindsight.delay.later')}
      </p>
      {timed > 0 && <UnitRows answer={answer} />}
    </section>
  );
}

/** Every unit with its shares as bars, the slowest first: a row is opened by its name. */
function UnitRows({ answer }: { readonly answer: HindsightAnswer }) {
  const t = useTranslations('hindsight.delay');
  const locale = useLocale();
  const { names } = useCentre();
  const { filter, asOf, until } = useAddress();
  const { from, to } = answer.whole;
  const rows = Object.entries(answer.delay.byUnit)
    .map(([unit, delay]) => ({
      key: unit,
      name: names.unit(unit),
      delay,
      address: listAddress(locale, { ...filter, unit: [unit], from, to }, { asOf, until }),
    }))
    .toSorted((one, other) => shareWithinSix(one.delay) - shareWithinSix(other.delay));
  return (
    <>
      <h3>{t('units')}</h3>
      <ShareTable rows={rows} heading={t('unit')} />
    </>
  );
}

interface DelayRow {
  readonly key: string;
  readonly name: string;
  readonly delay: ReportingDelay;
  readonly address?: string;
}

function ShareTable({
  rows,
  heading,
}: {
  readonly rows: readonly DelayRow[];
  readonly heading: string;
}) {
  const t = useTranslations('hindsight.delay');
  return (
    <div className={styles.tall} role="group" tabIndex={0} aria-label={heading}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col">{t('observations')}</th>
            {DELAY_HOURS.map((hours) => (
              <th key={hours} scope="col">
                {t(`hours.${hours}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, delay, address }) => (
            <tr key={key} data-row={key}>
              <th scope="row">
                {address === undefined ? (
                  name
                ) : (
                  <Link href={address} prefetch={false}>
                    {name}
                  </Link>
                )}
              </th>
              <td>{whole(delay.observations)}</td>
              {sharesOf(delay).map((share, at) => (
                <td key={DELAY_HOURS[at]} className={styles.share}>
                  <i style={{ width: `${share}%` }} aria-hidden />
                  <span>{timedOf(delay) === 0 ? '–' : t('share', { n: share })}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** All, then each contingent: equals, told apart by how their bars are filled and not by colours of their own. */
const LOOKS = [
  { token: '--line-strong', fill: 'full' },
  { token: '--accent', fill: 'full' },
  { token: '--accent', fill: 'hatched' },
  { token: '--accent', fill: 'hollow' },
] as const;

function contingentRows(
  delay: HindsightAnswer['delay'],
  names: Names,
  t: Words,
): readonly DelayRow[] {
  const contingents = Object.entries(delay.byContingent)
    .filter(([, each]) => timedOf(each) > 0)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    { key: 'all', name: t('hindsight.delay.all'), delay },
    ...contingents.map(([contingent, each]) => ({
      key: contingent,
      name: contingent === '-' ? t('hindsight.delay.noContingent') : names.contingent(contingent),
      delay: each,
    })),
  ];
}

function barsOf(rows: readonly DelayRow[], t: Words): StackedBars {
  const labels = DELAY_HOURS.map((hours) => t(`hindsight.delay.hours.${hours}`));
  return {
    labels,
    titles: labels,
    series: rows.map(({ key, name, delay }, at) => ({
      label: name,
      ...(LOOKS[at % LOOKS.length] ?? LOOKS[0]),
      stack: key,
      values: sharesOf(delay),
    })),
    partial: labels.map(() => false),
    markings: [],
    percent: true,
  };
}

function Legend({ rows }: { readonly rows: readonly DelayRow[] }) {
  const t = useTranslations('hindsight.chart');
  return (
    <ul className={styles.legend} aria-label={t('legend')}>
      {rows.map(({ key, name }, at) => (
        <li key={key}>
          <i className={styles.swatch} data-look={at % LOOKS.length} aria-hidden /> {name}
        </li>
      ))}
    </ul>
  );
}

/** Of how many a delay can be told. */
function timedOf({ observations, hourUnknown }: ReportingDelay): number {
  return observations - hourUnknown;
}

/** Parts of a hundred, in the order of `DELAY_HOURS`. */
function sharesOf(delay: ReportingDelay): readonly number[] {
  return delay.within.map((within) => percentOf(within, timedOf(delay)));
}

/** Who has none of a known hour stands last. */
function shareWithinSix(delay: ReportingDelay): number {
  const timed = timedOf(delay);
  return timed === 0 ? 2 : (delay.within[1] ?? 0) / timed;
}
