'use client';

import type { EventRelations, RelatedEvent } from '@ceasewatch/api/contract/log';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { MouseEvent } from 'react';
import { getJson } from '../../../api/fetch-json.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { logOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import { asOfSearch, useCentre } from '../../../shell/use-centre.ts';
import { eventPath } from './event-path.ts';
import { typeWord } from './known-words.ts';
import styles from './detail.module.css';

const MOST_OF_A_COMMAND = 8;

/** What an event was caused by and what it caused: each a link to that event, in the same past. */
export function EventRelationsList({
  seq,
  asOf,
  onEvent,
}: {
  readonly seq: number;
  readonly asOf: number | null;
  readonly onEvent: (seq: number) => void;
}) {
  const t = useTranslations('log.relations');
  const log = useLiveValue(logOf);
  const generation = useGeneration();
  const { data, isPending, error } = useQuery({
    queryKey: ['log-relations', log, seq, asOf, generation],
    queryFn: ({ signal }) =>
      getJson<EventRelations>(`/api/events/${seq}/relations`, { signal, search: asOfSearch(asOf) }),
  });
  if (isPending) return <p role="status">{t('loading')}</p>;
  if (error !== null) return <p role="alert">{t('error')}</p>;
  const { cause, before, centre, erased, effects, after, command } = data;
  const rows = [
    { name: 'cause', events: [cause] },
    { name: 'erased', events: [erased] },
    { name: 'before', events: [before] },
    { name: 'centre', events: [centre] },
    { name: 'command', events: command.slice(0, MOST_OF_A_COMMAND) },
    { name: 'after', events: [after] },
    { name: 'effects', events: effects },
  ] as const;
  const told = rows
    .map(({ name, events }) => ({ name, events: events.flatMap((each) => each ?? []) }))
    .filter(({ events }) => events.length > 0);
  if (told.length === 0) return <p className={styles.note}>{t('none')}</p>;
  return (
    <dl className={styles.relations}>
      {told.map(({ name, events }) => (
        <div key={name} className={styles.fact}>
          <dt>{t(name)}</dt>
          <dd>
            {events.map((event) => (
              <EventLink key={event.seq} event={event} onEvent={onEvent} />
            ))}
            {name === 'command' && command.length > events.length && (
              <small>{t('more', { n: command.length - events.length })}</small>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function EventLink({
  event: { seq, type, time },
  onEvent,
}: {
  readonly event: RelatedEvent;
  readonly onEvent: (seq: number) => void;
}) {
  const words = useTranslations();
  const locale = useLocale();
  const { zone } = useCentre();
  const address = useAddress();
  const follow = (event: MouseEvent) => {
    // Another tab gets the address; here the screen that shows the event goes to it.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onEvent(seq);
  };
  return (
    <Link href={eventPath(locale, seq, address)} prefetch={false} onClick={follow}>
      {`#${whole(seq)} ${typeWord(type, words)}, ${toTheSecond(time, zone)}`}
    </Link>
  );
}
