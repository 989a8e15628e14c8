'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import type { ObservationDetail } from '@ceasewatch/api/contract/observation';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { getJson } from '../../../api/fetch-json.ts';
import { observationAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import { logOf, useLiveValue } from '../../../live/use-live.ts';
import { asOfSearch } from '../../../shell/use-centre.ts';
import type { LogMove } from './log-address.ts';

/**
 * From an event to what it is about, and to the others of its stream, its officer and its type. A stream
 * is shown whole, because what came later corrects what came before; the others from here on back.
 */
export function EventLinks({
  entry: { envelope },
  onGo,
}: {
  readonly entry: LogEntry;
  readonly onGo: (move: LogMove) => void;
}) {
  const t = useTranslations('log.detail');
  const { subject, type, officer } = envelope;
  const only = (filter: LogMove['filter']) => onGo({ filter: filter ?? {} });
  return (
    <>
      {subject.startsWith('observation/') && (
        <ObservationLink id={subject.slice('observation/'.length)} />
      )}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onGo({ filter: { subject }, place: { at: 'newest' } })}
      >
        {t('stream')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => only({ type })}>
        {t('typeOnly')}
      </Button>
      {officer !== undefined && (
        <Button size="compact-sm" variant="default" onClick={() => only({ officer })}>
          {t('officerOnly')}
        </Button>
      )}
    </>
  );
}

/** Its short number is not in the event, it is asked; the link works without it. */
function ObservationLink({ id }: { readonly id: string }) {
  const t = useTranslations('log.detail');
  const locale = useLocale();
  const address = useAddress();
  const { asOf } = address;
  const log = useLiveValue(logOf);
  const { data } = useQuery({
    queryKey: ['observation-number', log, asOf, id],
    queryFn: ({ signal }) =>
      getJson<ObservationDetail>(`/api/observations/${id}`, { signal, search: asOfSearch(asOf) }),
    select: ({ number }) => number,
  });
  return (
    <Button
      component={Link}
      href={observationAddress(locale, id, address)}
      prefetch={false}
      size="compact-sm"
      variant="default"
    >
      {data === undefined ? t('observationPlain') : t('observation', { n: whole(data) })}
    </Button>
  );
}
