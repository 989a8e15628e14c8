'use client';

import type { HindsightBucket } from '@ceasewatch/domain/hindsight/hindsight';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheMinute } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { rowsNow, rowsThen, whatDiffers } from './hindsight-links.ts';
import styles from './hindsight.module.css';

/** What was known at the end of a time, and what is known now of it, each with its rows; then the difference. */
export function TwoAnswers({
  bucket,
  now,
  zone,
}: {
  readonly bucket: HindsightBucket;
  /** The last event that is known now. */
  readonly now: number;
  readonly zone: string;
}) {
  const t = useTranslations('hindsight');
  const locale = useLocale();
  const address = useAddress();
  const [from, time] = [toTheMinute(bucket.from, zone), toTheMinute(bucket.to, zone)];
  const asOf = address.asOf === null ? 'none' : whole(address.asOf);
  const then = rowsThen(locale, address, bucket);
  const differing = whatDiffers(locale, address, bucket, now);
  return (
    <section className={styles.answers} aria-label={t('title')}>
      <div className={styles.answer} data-side="then">
        <h2>{t('then.question', { time })}</h2>
        <p className={styles.figure}>
          <b>{whole(bucket.then)}</b> {t('then.answer', { count: bucket.then })}
        </p>
        <p className={styles.note}>
          {then === null ? t('then.fromNone') : t('then.from', { from, seq: whole(bucket.known) })}
        </p>
        {then !== null && (
          <p className={`${styles.links} no-print`}>
            <Link href={then} prefetch={false}>
              {t('then.rows', { n: whole(bucket.then) })}
            </Link>
            <Link href={`/${locale}/situation?asof=${bucket.known}`} prefetch={false}>
              {t('then.screen')}
            </Link>
          </p>
        )}
      </div>
      <div className={styles.answer} data-side="now">
        <h2>
          {asOf === 'none' ? t('now.question', { time }) : t('now.questionPast', { time, asOf })}
        </h2>
        <p className={styles.figure}>
          <b>{whole(bucket.now)}</b> {t('then.answer', { count: bucket.now })}
        </p>
        <p className={styles.note}>{t('now.from', { from })}</p>
        <p className={`${styles.links} no-print`}>
          <Link href={rowsNow(locale, address, bucket)} prefetch={false}>
            {t('now.rows', { n: whole(bucket.now) })}
          </Link>
        </p>
      </div>
      <div className={styles.answer} data-side="parts">
        <h2>{t('parts.title')}</h2>
        <Parts bucket={bucket} />
        {differing !== null && (
          <p className={`${styles.links} no-print`}>
            <Link href={differing} prefetch={false}>
              {t('parts.explain')}
            </Link>
          </p>
        )}
      </div>
      <p className={styles.sentence}>
        {t('sentence', {
          time,
          from,
          asOf,
          then: bucket.then,
          now: bucket.now,
          same: whole(bucket.same),
          late: whole(bucket.late),
          corrected: whole(bucket.corrected),
          reworded: bucket.gone - bucket.retracted,
          retracted: bucket.retracted,
        })}
      </p>
    </section>
  );
}

const PARTS = ['same', 'late', 'corrected', 'reworded', 'retracted'] as const;

function Parts({ bucket }: { readonly bucket: HindsightBucket }) {
  const t = useTranslations('hindsight.parts');
  const { then, now, same, gone, retracted } = bucket;
  if (then === same && now === same) return <p className={styles.note}>{t('none')}</p>;
  const told = { ...bucket, reworded: gone - retracted };
  return (
    <dl className={styles.parts}>
      {PARTS.map((part) => (
        <div key={part} data-part={part}>
          <dt>
            <i className={styles.swatch} data-part={part} aria-hidden /> {t(part)}
          </dt>
          <dd>{whole(told[part])}</dd>
        </div>
      ))}
    </dl>
  );
}
