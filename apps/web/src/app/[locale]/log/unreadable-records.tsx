'use client';

import type { LogAnswer } from '@ceasewatch/api/contract/log';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { getJson } from '../../../api/fetch-json.ts';
import { whole } from '../../../format/numbers.ts';
import { logOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import styles from './log.module.css';

/** The feed tells nothing of what is no event, so it is asked for now and then while it is looked at. */
const ASK_AGAIN_MS = 60_000;
const MOST_SHOWN = 50;

/**
 * What others wrote into the log's streams and no node can read: it has no number and no place among
 * the events, so it is named above them.
 */
export function UnreadableRecords() {
  const t = useTranslations('log.unreadable');
  const log = useLiveValue(logOf);
  const generation = useGeneration();
  const { data } = useQuery({
    queryKey: ['log-condition', log, generation],
    queryFn: ({ signal }) => getJson<LogAnswer>('/api/log', { signal }),
    refetchInterval: ASK_AGAIN_MS,
  });
  const records = data?.unreadable ?? [];
  if (records.length === 0) return null;
  const rest = records.length - MOST_SHOWN;
  return (
    <details className={styles.unreadable}>
      <summary>{t('title', { n: records.length, count: whole(records.length) })}</summary>
      <ul>
        {records.slice(0, MOST_SHOWN).map(({ stream, revision, why }) => (
          <li key={`${stream} ${revision}`}>
            <code>{t('place', { stream, revision: whole(revision) })}</code> {why}
          </li>
        ))}
        {rest > 0 && <li>{t('more', { n: rest, count: whole(rest) })}</li>}
      </ul>
    </details>
  );
}
