'use client';

import type { HindsightBucket } from '@ceasewatch/domain/hindsight/hindsight';
import { useTranslations } from 'next-intl';
import { isFiltered } from '../../../filter/filter-query.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheMinute } from '../../../format/date-time.ts';
import styles from './hindsight.module.css';

/** Why there is nothing to draw: the filters hide it, or nothing is known of that time. */
export function NothingKnown({
  whole,
  zone,
}: {
  readonly whole: HindsightBucket;
  readonly zone: string;
}) {
  const t = useTranslations('hindsight.empty');
  const { filter, window, setWindow } = useAddress();
  const span = { from: toTheMinute(whole.from, zone), to: toTheMinute(whole.to, zone) };
  return (
    <div className={styles.notice} role="status">
      <b>{t('title')}</b> <span>{t(isFiltered(filter) ? 'filtered' : 'text', span)}</span>{' '}
      {window !== 'all' && (
        <button type="button" className={styles.button} onClick={() => setWindow('all')}>
          {t('widen')}
        </button>
      )}
    </div>
  );
}
