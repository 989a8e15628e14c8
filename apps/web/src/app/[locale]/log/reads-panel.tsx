'use client';

import type { ReadKind, ReadPage, RecordedRead } from '@ceasewatch/api/contract/reads';
import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import styles from './verify-panel.module.css';

const PAGE = 50;
const KINDS = [
  'replay',
  'export',
  'verification',
  'narrative',
  'node',
] as const satisfies ReadKind[];

/** Who looked at the past, at narratives, at exports, and who verified: looking is recorded too. */
export function ReadsPanel() {
  const t = useTranslations('log.reads');
  const [opened, setOpened] = useState(false);
  return (
    <details
      className={styles.verify}
      open={opened}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>{t('title')}</summary>
      {opened && <Reads />}
    </details>
  );
}

function Reads() {
  const t = useTranslations('log.reads');
  const [kind, setKind] = useState('');
  const { data, error, isPending, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['reads', kind],
    queryFn: ({ signal, pageParam }) =>
      getJson<ReadPage>('/api/reads', {
        signal,
        search: new URLSearchParams({
          limit: PAGE.toString(),
          ...(kind === '' ? {} : { kind }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const lost = data?.pages[0]?.lost ?? 0;
  return (
    <>
      <div className={`no-print ${styles.asked}`}>
        <NativeSelect
          size="xs"
          label={t('kind')}
          value={kind}
          data={[
            { value: '', label: t('any') },
            ...KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) })),
          ]}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          {t('again')}
        </Button>
      </div>
      {isPending && <p role="status">{t('loading')}</p>}
      {error !== null && <p role="alert">{t('error')}</p>}
      {lost > 0 && <p role="alert">{t('lost', { n: whole(lost) })}</p>}
      {data !== undefined && items.length === 0 && <p>{t('none')}</p>}
      {items.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.reads}>
            <thead>
              <tr>
                {(['when', 'who', 'kind', 'what', 'asOf', 'times'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row key={item.id} item={item} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage && (
        <Button
          className="no-print"
          size="compact-sm"
          variant="default"
          onClick={() => void fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
      <p className={styles.limits}>{t('limits')}</p>
    </>
  );
}

function Row({ item }: { readonly item: RecordedRead }) {
  const words = useTranslations();
  const t = useTranslations('log.reads');
  const { names, zone } = useCentre();
  const { at, until, officer, kind, what, asOf, asOfLast, occurredUntil, times } = item;
  const moments = [
    spanWord(asOf, asOfLast, (moment) => momentWord(moment, zone)),
    occurredUntil === null ? null : t('until', { time: toTheSecond(occurredUntil, zone) }),
  ].filter((each) => each !== null);
  return (
    <tr>
      <td>{spanWord(at, until, (instant) => toTheSecond(instant, zone))}</td>
      <td>{officer === null ? words('log.row.system') : names.officer(officer)}</td>
      <td>{t(`kinds.${kind}`)}</td>
      <td>
        <code>{what}</code>
      </td>
      <td>{moments.length === 0 ? t('now') : moments.join(', ')}</td>
      <td>{whole(times)}</td>
    </tr>
  );
}

/** From the first to the last, or one where both are the same. */
function spanWord(
  first: string | null,
  last: string | null,
  wordOf: (one: string) => string,
): string | null {
  if (first === null || last === null) return null;
  return first === last ? wordOf(first) : `${wordOf(first)} – ${wordOf(last)}`;
}

/** A moment as it was asked for: an event, or an instant. */
function momentWord(asOf: string, zone: string): string {
  return /^\d+$/.test(asOf) ? `#${whole(Number(asOf))}` : toTheSecond(asOf, zone);
}
