'use client';

import type { Page } from '@ceasewatch/api/contract/answer';
import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { getJson } from '../../../api/fetch-json.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { Term } from '../../../help/term.tsx';
import { useGeneration } from '../../../live/use-live.ts';
import { groupsOfFour } from '../log/hash-groups.ts';
import { eventPath } from '../log/event-path.ts';
import { Panel } from './panel.tsx';
import styles from './centre.module.css';

/** Heads are read out letter by letter: the one on the screen stands still for so long. */
const STILL_MS = 60_000;

/** Which log this is, and its head: what two people compare to know that they look at the same one. */
export function LogPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.log');
  return (
    <Panel area="log" title={t('title')} term="log_id">
      <dl className={styles.facts}>
        <div>
          <dt>{t('id')}</dt>
          <dd className={styles.mono}>{centre.log}</dd>
        </div>
        <div>
          <dt>
            {t('mode')}
            <Term id="exercise" />
          </dt>
          <dd>{centre.exercise ? t('exercise') : t('real')}</dd>
        </div>
      </dl>
      <Head zone={centre.zone} />
    </Panel>
  );
}

function Head({ zone }: { readonly zone: string }) {
  const t = useTranslations('centre.log');
  const locale = useLocale();
  const address = useAddress();
  const { asOf } = address;
  const generation = useGeneration();
  const { data, error } = useQuery({
    queryKey: ['log-head', asOf, generation],
    queryFn: ({ signal }) =>
      getJson<Page<LogEntry>>('/api/events', { signal, search: headSearch(asOf) }),
    refetchInterval: asOf === null ? STILL_MS : false,
  });
  const head = data?.items[0];
  if (head === undefined) {
    return <p role="status">{error === null ? t('loading') : t('error')}</p>;
  }
  return (
    <>
      <dl className={styles.facts}>
        <div>
          <dt>{t('head')}</dt>
          <dd>
            <Link
              href={eventPath(locale, head.seq, address)}
              prefetch={false}
              title={t('open', { seq: whole(head.seq) })}
            >
              #{whole(head.seq)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t('recorded')}</dt>
          <dd>{toTheSecond(head.envelope.time, zone)}</dd>
        </div>
        <div>
          <dt>
            {t('leafHash')}
            <Term id="leaf_hash" />
          </dt>
          <dd className={styles.hash}>{groupsOfFour(head.leafHash)}</dd>
        </div>
        <div>
          <dt>
            {t('chain')}
            <Term id="chain" />
          </dt>
          <dd className={styles.hash}>{groupsOfFour(head.chain)}</dd>
        </div>
      </dl>
      <p className={styles.said}>{t('note')}</p>
    </>
  );
}

function headSearch(asOf: number | null): URLSearchParams {
  return new URLSearchParams({
    limit: '1',
    ...(asOf === null ? {} : { before: (asOf + 1).toString() }),
  });
}
