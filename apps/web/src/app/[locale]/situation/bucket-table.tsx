'use client';

import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import type { ChartBucket } from '@ceasewatch/domain/situation/situation';
import { useTranslations } from 'next-intl';
import { whole } from '../../../format/numbers.ts';
import own from './kinds-chart.module.css';

/** The chart's numbers for who would rather read them; the newest bucket stands first. */
export function BucketTable({
  buckets,
  titles,
}: {
  readonly buckets: readonly ChartBucket[];
  readonly titles: readonly string[];
}) {
  const t = useTranslations();
  const rows = buckets.map((bucket, index) => ({ bucket, title: titles[index] ?? '' })).reverse();
  return (
    <div className={own.scroll} tabIndex={0}>
      <table className={own.table}>
        <thead>
          <tr>
            <th scope="col">{t('situation.chart.time')}</th>
            {DISPLAY_GROUPS.map((group) => (
              <th key={group} scope="col">
                {t(`words.group.${group}`)}
              </th>
            ))}
            <th scope="col">{t('situation.chart.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bucket, title }) => (
            <tr key={bucket.from}>
              <th scope="row">{title}</th>
              {DISPLAY_GROUPS.map((group) => (
                <td key={group}>{whole(bucket.reports[group])}</td>
              ))}
              <td>{whole(totalOf(bucket))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function totalOf({ reports }: ChartBucket): number {
  return DISPLAY_GROUPS.reduce((sum, group) => sum + reports[group], 0);
}
