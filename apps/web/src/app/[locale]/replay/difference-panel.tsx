'use client';

import type { DifferenceMoment } from '@ceasewatch/api/contract/difference';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../../../api/api-problem.ts';
import { addressOf } from '../../../api/fetch-json.ts';
import { FilterBar } from '../../../filter/filter-bar.tsx';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { CentreChanges } from './centre-changes.tsx';
import { ChangedObservations } from './changed-observations.tsx';
import { MovedFigures } from './moved-figures.tsx';
import { differenceSearch, useDifference } from './use-difference.ts';
import styles from './difference.module.css';

/** What differs between the pinned moment and this one, earlier to later, with the events that explain it. */
export function DifferencePanel({
  pinned,
  here,
}: {
  readonly pinned: number;
  readonly here: number;
}) {
  const t = useTranslations();
  const address = useAddress();
  const { data, error, refetch } = useDifference(pinned, here);
  const search = differenceSearch(address, pinned, here);
  return (
    <section className={styles.difference} aria-label={t('replay.difference.title')}>
      <FilterBar windows matching={null} total={null} />
      <header className={styles.head}>
        <h2>{t('replay.difference.title')}</h2>
        {data !== undefined && (
          <>
            <End end="from" moment={data.from} />
            <span aria-hidden>→</span>
            <End end="to" moment={data.to} />
          </>
        )}
        <span className={`${styles.tools} no-print`}>
          <a href={addressOf('/api/diff', search)} target="_blank" rel="noreferrer">
            {t('replay.difference.export')}
          </a>
          <button type="button" onClick={() => window.print()}>
            {t('replay.difference.print')}
          </button>
        </span>
      </header>
      {pinned === here && <p className={styles.message}>{t('replay.difference.same')}</p>}
      {error !== null && (
        <p className={styles.failed} role="alert">
          {t('replay.difference.error')}{' '}
          {error instanceof ApiProblem ? t(`problem.${error.code}`) : error.message}{' '}
          <button type="button" onClick={() => void refetch()}>
            {t('replay.difference.retry')}
          </button>
        </p>
      )}
      {data === undefined && error === null && pinned !== here && (
        <div className={styles.blank} role="status" aria-label={t('replay.difference.loading')} />
      )}
      {data !== undefined && (
        <>
          <MovedFigures difference={data} />
          <ChangedObservations totals={data.totals} pinned={pinned} here={here} />
          <CentreChanges changes={data.centre} />
        </>
      )}
    </section>
  );
}

function End({ end, moment }: { readonly end: 'from' | 'to'; readonly moment: DifferenceMoment }) {
  const t = useTranslations('replay.difference');
  const { zone } = useCentre();
  const { seq, time } = moment;
  if (time === null) return <span>{t('fromStart')}</span>;
  return <span>{t(end, { seq: whole(seq), time: toTheSecond(time, zone) })}</span>;
}
