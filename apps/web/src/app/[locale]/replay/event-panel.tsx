'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { memo } from 'react';
import { putPast } from '../../../filter/list-address.ts';
import type { Moment } from '../../../filter/moment.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { EventDetail } from '../log/event-detail.tsx';
import { eventPath } from '../log/event-path.ts';
import { eventSentence } from '../log/event-sentence.ts';
import { type LogMove, moved } from '../log/log-address.ts';
import { useLogEntry } from '../log/use-log-entry.ts';
import { isLive } from './use-replay.ts';
import styles from './replay.module.css';

interface Props {
  readonly drawn: Moment;
  /** The last event of the log. */
  readonly head: number;
  onJump(seq: number): void;
}

/** The event that one stands at: its sentence, its data, its bytes, and a check of its place in the chain. */
export const EventPanel = memo(function EventPanel({ drawn, head, onJump }: Props) {
  const t = useTranslations('replay.event');
  const { asOf, until } = drawn;
  return (
    <section className={styles.event} aria-label={t('label')}>
      {isLive(drawn) || asOf === null ? (
        <p className={styles.hint}>{t('live')}</p>
      ) : (
        <Event seq={asOf} until={until} head={head} onJump={onJump} />
      )}
    </section>
  );
});

function Event({
  seq,
  until,
  head,
  onJump,
}: Pick<Props, 'head' | 'onJump'> & { readonly seq: number; readonly until: string | null }) {
  const words = useTranslations();
  const t = useTranslations('replay.event');
  const locale = useLocale();
  const router = useRouter();
  const { names, zone } = useCentre();
  const { data, error } = useLogEntry(seq);
  const onGo = (move: LogMove) => {
    const { selected } = move;
    if (selected !== undefined && selected !== null) return onJump(selected);
    // What is asked of the log itself is answered by its own screen, in the same past.
    const search = moved(putPast(new URLSearchParams(), { asOf: seq, until }), move);
    router.push(`/${locale}/log?${search.toString()}`);
  };
  const told = data === undefined ? null : eventSentence(data, { words, names, zone, locale });
  return (
    <>
      <header className={styles.eventHead}>
        <h2>#{whole(seq)}</h2>
        {data !== undefined && <time>{toTheSecond(data.envelope.time, zone)}</time>}
        <Link
          className="no-print"
          href={eventPath(locale, seq, { asOf: seq, until })}
          prefetch={false}
        >
          {t('inLog')}
        </Link>
      </header>
      {told !== null && (
        <p className={styles.sentence}>
          {told.group !== null && <KindGlyph group={told.group} />}
          <span>
            <b>{told.lead}</b> {told.rest}
          </span>
        </p>
      )}
      {data !== undefined && <EventDetail key={seq} narrow entry={data} last={head} onGo={onGo} />}
      {data === undefined && error === null && <p role="status">{t('loading')}</p>}
      {error !== null && <p role="alert">{t('error')}</p>}
    </>
  );
}
