'use client';

import type { DifferenceMoment } from '@ceasewatch/api/contract/difference';
import type { ObservationChange } from '@ceasewatch/domain/difference/difference';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { addressOf } from '../../../api/fetch-json.ts';
import { FilterBar } from '../../../filter/filter-bar.tsx';
import { useAddress } from '../../../filter/use-address.ts';
import { problemText } from '../../../format/codes.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole as wholeNumber } from '../../../format/numbers.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { CentreChanges } from './centre-changes.tsx';
import { ChangedObservations } from './changed-observations.tsx';
import { MovedFigures } from './moved-figures.tsx';
import {
  changedSearch,
  differenceSearch,
  useChangedObservations,
  useDifference,
} from './use-difference.ts';
import { useWholeList, type WholeList } from './use-whole-list.ts';
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
  const { zone } = useCentre();
  const address = useAddress();
  const { data, error, refetch } = useDifference(pinned, here);
  const search = differenceSearch(address, pinned, here);
  const [change, setChange] = useState<ObservationChange | null>(null);
  const list = useChangedObservations(pinned, here, change);
  const shown = list.data?.pages.flatMap((page) => page.items) ?? null;
  const whole = useWholeList(
    changedSearch(address, pinned, here, change),
    shown,
    list.data?.pages.at(-1)?.next,
  );
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
          <button
            type="button"
            disabled={data === undefined || shown === null}
            onClick={whole.print}
          >
            {t('replay.difference.print')}
          </button>
        </span>
      </header>
      {pinned === here && <p className={styles.message}>{t('replay.difference.same')}</p>}
      {error !== null && (
        <p className={styles.failed} role="alert">
          {t('replay.difference.error')}{' '}
          {error instanceof ApiProblem ? problemText(error, zone, t) : error.message}{' '}
          <button type="button" onClick={() => void refetch()}>
            {t('replay.difference.retry')}
          </button>
        </p>
      )}
      {data === undefined && error === null && pinned !== here && (
        <div className={styles.blank} role="status" aria-label={t('replay.difference.loading')} />
      )}
      <Gathering whole={whole} matching={list.data?.pages[0]?.matching ?? 0} />
      {data !== undefined && (
        <>
          <MovedFigures difference={data} />
          <ChangedObservations
            totals={data.totals}
            search={changedSearch(address, pinned, here, change)}
            here={here}
            change={change}
            onChange={setChange}
            list={list}
            whole={whole}
          />
          <CentreChanges changes={data.centre} />
        </>
      )}
    </section>
  );
}

/** While the rest of the list is fetched for a sheet, and why there is none. */
function Gathering({ whole, matching }: { readonly whole: WholeList; readonly matching: number }) {
  const t = useTranslations('replay.difference');
  const { gathered, error, stop } = whole;
  if (gathered !== null)
    return (
      <p className={`${styles.message} no-print`} role="status">
        {t('gathering', { shown: wholeNumber(gathered), n: wholeNumber(matching) })}{' '}
        <button type="button" className={styles.eventLink} onClick={stop}>
          {t('stopGathering')}
        </button>
      </p>
    );
  if (error === null) return null;
  return (
    <p className={`${styles.failed} no-print`} role="alert">
      {t('notGathered')}
    </p>
  );
}

function End({ end, moment }: { readonly end: 'from' | 'to'; readonly moment: DifferenceMoment }) {
  const t = useTranslations('replay.difference');
  const { zone } = useCentre();
  const { seq, time } = moment;
  if (time === null) return <span>{t('fromStart')}</span>;
  return <span>{t(end, { seq: wholeNumber(seq), time: toTheSecond(time, zone) })}</span>;
}
