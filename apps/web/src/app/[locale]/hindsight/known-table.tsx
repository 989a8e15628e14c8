'use client';

import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useAddress } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import { rowsNow, rowsThen, whatDiffers } from './hindsight-links.ts';
import styles from './hindsight.module.css';

/** The chart's numbers, each opening its rows; the newest stands first. */
export function KnownTable({
  answer,
  titles,
  onPick,
}: {
  readonly answer: HindsightAnswer;
  readonly titles: readonly string[];
  onPick(bucket: number): void;
}) {
  const t = useTranslations('hindsight.chart');
  const locale = useLocale();
  const address = useAddress();
  const rows = answer.buckets.map((bucket, index) => ({ bucket, index })).reverse();
  return (
    <div className={styles.tall} role="group" tabIndex={0} aria-label={t('legend')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('then')}</th>
            <th scope="col">{t('now')}</th>
            <th scope="col">{t('same')}</th>
            <th scope="col">{t('late')}</th>
            <th scope="col">{t('corrected')}</th>
            <th scope="col">{t('reworded')}</th>
            <th scope="col">{t('retracted')}</th>
            <th scope="col">{t('explain')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bucket, index }) => {
            const differing =
              bucket.then === bucket.same && bucket.now === bucket.same
                ? null
                : whatDiffers(locale, address, bucket, answer.asOf);
            return (
              <tr key={bucket.from} data-from={bucket.from}>
                <th scope="row">
                  <button type="button" className={styles.textButton} onClick={() => onPick(index)}>
                    {titles[index]}
                  </button>
                </th>
                <td>
                  <Rows n={bucket.then} address={rowsThen(locale, address, bucket)} />
                </td>
                <td>
                  <Rows n={bucket.now} address={rowsNow(locale, address, bucket)} />
                </td>
                <td>{whole(bucket.same)}</td>
                <td>{whole(bucket.late)}</td>
                <td>{whole(bucket.corrected)}</td>
                <td>{whole(bucket.gone - bucket.retracted)}</td>
                <td>{whole(bucket.retracted)}</td>
                <td>
                  {differing !== null && (
                    <Link href={differing} prefetch={false}>
                      {t('open')}
                    </Link>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Rows({ n, address }: { readonly n: number; readonly address: string | null }) {
  if (address === null || n === 0) return whole(n);
  return (
    <Link href={address} prefetch={false}>
      {whole(n)}
    </Link>
  );
}
