'use client';

import type {
  VerificationAnswer,
  VerificationsAnswer,
} from '@ceasewatch/api/contract/verification';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { memo, useRef, useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { getJson, postJson } from '../../../api/fetch-json.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { millis } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { deviceTime } from '../../../live/device-time.ts';
import { useLiveFeed } from '../../../live/use-live.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { useKey } from '../../../shell/keys.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './verify-panel.module.css';

const PATH = '/api/verifications';
const WHILE_RUNNING_MS = 500;
const MOST_SHOWN = 5;
const WITH_A_HEAD = 'npm run verify-log -- --expect NUMBER:HASH';
const WITH_AN_EXPORT = 'npm run verify-log -- --against EXPORT';

/**
 * Begins the auditor's walk over the log, says how far it is and what came out, and prints the head: what
 * two people sign by hand, and what `verify-log --expect` is given on a machine that nobody here has a
 * hand in. `v` opens it and begins.
 */
export const VerifyPanel = memo(function VerifyPanel() {
  const t = useTranslations('log.verify');
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => getJson<VerificationsAnswer>(PATH, { signal }),
    refetchInterval: ({ state }) => (isRunning(state.data?.items[0]) ? WHILE_RUNNING_MS : false),
  });
  const begin = useMutation({
    mutationFn: (expected: string) =>
      postJson<VerificationAnswer>(PATH, expected === '' ? {} : { expected }),
    onSettled: () => queries.invalidateQueries({ queryKey: [PATH] }),
  });
  const [kept, setKept] = useState('');
  const isNoHead = begin.error instanceof ApiProblem && begin.error.code === 'invalid';
  const items = data?.items ?? [];
  const panel = useRef<HTMLDetailsElement>(null);
  useKey('v', () => {
    if (panel.current === null) return;
    panel.current.open = true;
    panel.current.scrollIntoView({ block: 'nearest' });
    if (data !== undefined && !begin.isPending && !isRunning(items[0])) begin.mutate(kept.trim());
  });
  return (
    <details ref={panel} className={styles.verify}>
      <summary>{t('title')}</summary>
      <form
        className={`no-print ${styles.asked}`}
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate(kept.trim());
        }}
      >
        <TextInput
          className={styles.wide}
          size="xs"
          label={t('expected')}
          placeholder={t('expectedExample')}
          value={kept}
          error={isNoHead ? t('notAHead') : undefined}
          onChange={(event) => {
            setKept(event.currentTarget.value);
            begin.reset();
          }}
        />
        <Button
          type="submit"
          size="compact-sm"
          variant="default"
          disabled={begin.isPending || isRunning(items[0])}
        >
          {t('begin')}
        </Button>
      </form>
      {(error !== null || (begin.isError && !isNoHead)) && <p role="alert">{t('notAsked')}</p>}
      <ol>
        {items.slice(0, MOST_SHOWN).map((item) => (
          <li key={item.id}>
            <Outcome item={item} />
          </li>
        ))}
      </ol>
      <ul className={styles.limits}>
        <li>{t('limits')}</li>
        <li>
          {t('expectHelp')} <code>{WITH_A_HEAD}</code>
        </li>
        <li>
          {t('againstHelp')} <code>{WITH_AN_EXPORT}</code>
        </li>
      </ul>
    </details>
  );
});

function isRunning(item: VerificationAnswer | undefined): boolean {
  return item?.state === 'running';
}

function Outcome({ item }: { readonly item: VerificationAnswer }) {
  const t = useTranslations('log.verify');
  const { zone } = useCentre();
  const feed = useLiveFeed();
  const { state, startedAt, endedAt, from, reached, last, head, expected, flaws, readModel } = item;
  const { events: early, mostMs } = item.steppedBack;
  const now = deviceTime().wall + feed.current().clockOffsetMs;
  const seconds = ((endedAt === null ? now : millis(endedAt)) - millis(startedAt)) / 1_000;
  const rate = whole(Math.round((reached - from + 1) / Math.max(seconds, 0.001)));
  if (state === 'running') {
    return (
      <p role="status">
        {t(item.phase === 'log' ? 'walking' : 'rebuilding', {
          reached: whole(Math.max(reached, 0)),
          last: whole(Math.max(last, 0)),
        })}
        {item.phase === 'log' && reached > 0 && <> {t('rate', { rate })}</>}
        <progress max={Math.max(last, 1)} value={Math.max(reached, 0)} />
      </p>
    );
  }
  const [flaw] = flaws.first;
  const [row] = readModel?.first ?? [];
  const time = toTheSecond(startedAt, zone);
  const range = { from: whole(from), to: whole(Math.max(reached, 0)), time };
  return (
    <>
      <p>
        {state === 'failed'
          ? t('failed', { time, why: item.failure ?? '' })
          : t(state === 'sound' ? 'sound' : 'flawed', range)}
        {state !== 'failed' && <> {t('took', { seconds: seconds.toFixed(1), rate })}</>}
      </p>
      {expected !== null && (
        <p>
          {t('heldAgainst')} <code className={styles.head}>{expected}</code>
        </p>
      )}
      {early > 0 && <p>{t('steppedBack', { n: early, count: whole(early), ms: whole(mostMs) })}</p>}
      {flaw !== undefined && (
        <p className={styles.flaw}>
          {flaw.seq < 0
            ? t('flawOfFile', { n: flaws.count, count: whole(flaws.count) })
            : t('flaw', { n: flaws.count, count: whole(flaws.count), seq: whole(flaw.seq) })}{' '}
          <code>{flaw.kind}</code> {flaw.message}
        </p>
      )}
      {row !== undefined && (
        <p className={styles.flaw}>
          {t('rows', { n: readModel?.differences ?? 0, count: whole(readModel?.differences ?? 0) })}{' '}
          <code>{`${row.table} ${row.row}: ${row.how}`}</code>
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
