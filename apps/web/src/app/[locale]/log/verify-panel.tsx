'use client';

import type {
  VerificationAnswer,
  VerificationsAnswer,
} from '@ceasewatch/api/contract/verification';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { getJson, postJson } from '../../../api/fetch-json.ts';
import { whole } from '../../../format/numbers.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './verify-panel.module.css';

const PATH = '/api/verifications';
const WHILE_RUNNING_MS = 500;
const MOST_SHOWN = 5;

/**
 * Begins the auditor's walk over the log, says how far it is and what came out, and prints the head: what
 * two people sign by hand, and what `verify-log --expect` is given on a machine that nobody here has a
 * hand in.
 */
export function VerifyPanel() {
  const t = useTranslations('log.verify');
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => getJson<VerificationsAnswer>(PATH, { signal }),
    refetchInterval: ({ state }) => (isRunning(state.data?.items[0]) ? WHILE_RUNNING_MS : false),
  });
  const begin = useMutation({
    mutationFn: () => postJson<VerificationAnswer>(PATH, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: [PATH] }),
  });
  const items = data?.items ?? [];
  return (
    <details className={styles.verify}>
      <summary>{t('title')}</summary>
      <Button
        className="no-print"
        size="compact-sm"
        variant="default"
        disabled={begin.isPending || isRunning(items[0])}
        onClick={() => begin.mutate()}
      >
        {t('begin')}
      </Button>
      {(error !== null || begin.isError) && <p role="alert">{t('notAsked')}</p>}
      <ol>
        {items.slice(0, MOST_SHOWN).map((item) => (
          <li key={item.id}>
            <Outcome item={item} />
          </li>
        ))}
      </ol>
      <p className={styles.limits}>{t('limits')}</p>
    </details>
  );
}

function isRunning(item: VerificationAnswer | undefined): boolean {
  return item?.state === 'running';
}

function Outcome({ item }: { readonly item: VerificationAnswer }) {
  const t = useTranslations('log.verify');
  const { state, startedAt, from, reached, last, head, flaws, readModel, failure } = item;
  if (state === 'running') {
    return (
      <p role="status">
        {t(item.phase === 'log' ? 'walking' : 'rebuilding', {
          reached: whole(Math.max(reached, 0)),
          last: whole(Math.max(last, 0)),
        })}
        <progress max={Math.max(last, 1)} value={Math.max(reached, 0)} />
      </p>
    );
  }
  const [flaw] = flaws.first;
  const [row] = readModel?.first ?? [];
  const range = { from: whole(from), to: whole(Math.max(reached, 0)), time: startedAt };
  return (
    <>
      <p>
        {state === 'failed'
          ? t('failed', { time: startedAt, why: failure ?? '' })
          : t(state === 'sound' ? 'sound' : 'flawed', range)}
      </p>
      {flaw !== undefined && (
        <p>
          {t('flaw', { n: flaws.count, count: whole(flaws.count), seq: whole(flaw.seq) })}{' '}
          <code>{flaw.kind}</code> {flaw.message}
        </p>
      )}
      {row !== undefined && (
        <p>
          {t('rows', { n: readModel?.differences ?? 0, count: whole(readModel?.differences ?? 0) })}{' '}
          <code>{`${row.table} ${row.row}`}</code>
        </p>
      )}
      {head !== null && (
        <p>
          {t('head')} <code className={styles.head}>{head}</code>{' '}
          <CopyButton label={t('copy')} text={() => head} />
        </p>
      )}
    </>
  );
}
