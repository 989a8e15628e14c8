'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { whole } from '../../../format/numbers.ts';
import { Term } from '../../../help/term.tsx';
import { useAddress } from '../../../filter/use-address.ts';
import { asOfSearch } from '../../../shell/use-centre.ts';
import { CopyButton } from './copy-button.tsx';
import { curlOf } from './curl.ts';
import { Disclosures } from './event-disclosures.tsx';
import { EventFacts } from './event-facts.tsx';
import { EventLinks } from './event-links.tsx';
import { EventRelationsList } from './event-relations.tsx';
import { LeafProof } from './leaf-proof.tsx';
import { type LogMove, moved } from './log-address.ts';
import { placeAround } from './log-page.ts';
import { useLogEntry } from './use-log-entry.ts';
import styles from './detail.module.css';

/** All there is of one event: who and when, its data, what is kept out of the bytes, and the bytes. */
export function EventDetail({
  entry,
  last,
  narrow = false,
  onGo,
}: {
  readonly entry: LogEntry;
  readonly last: number;
  /** It stands in a column beside something else: in a replay, which knows what came later. */
  readonly narrow?: boolean;
  readonly onGo: (move: LogMove, how?: 'push' | 'replace') => void;
}) {
  const t = useTranslations('log.detail');
  const { seq, envelope } = entry;
  const address = useAddress();
  const asOf = narrow ? null : address.asOf;
  const bytes = useLogEntry(seq);
  const data = JSON.stringify(envelope.data, null, 2);
  const toEvent = (to: number) => onGo({ place: placeAround(to), selected: to });
  return (
    <div className={styles.detail} data-narrow={narrow}>
      <div className={`no-print ${styles.actions}`}>
        <EventLinks entry={entry} onGo={onGo} />
        <CopyButton label={t('copyLink')} text={() => linkTo(seq)} />
        <CopyButton
          label={t('copyCurl')}
          text={() => curlOf(`/api/events/${seq}`, asOfSearch(asOf))}
        />
        <Button
          size="compact-sm"
          variant="default"
          disabled={seq === 0}
          onClick={() => toEvent(seq - 1)}
        >
          {t('previous', { seq: whole(Math.max(0, seq - 1)) })}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={seq >= last}
          onClick={() => toEvent(seq + 1)}
        >
          {t('next', { seq: whole(seq + 1) })}
        </Button>
      </div>
      <section className={styles.facts}>
        <h2>{t('facts')}</h2>
        <EventFacts entry={entry} />
        <h2>{t('relations')}</h2>
        <EventRelationsList seq={seq} asOf={asOf} onEvent={toEvent} />
      </section>
      <section className={styles.data}>
        <div className={styles.head}>
          <h2>{t('data')}</h2>
          <CopyButton label={t('copyData')} text={() => data} />
        </div>
        <pre className={styles.json}>{data}</pre>
        <div className={styles.head}>
          <h2>{t('disclosures')}</h2>
          <Term id="disclosure" />
        </div>
        <Disclosures entry={entry} />
      </section>
      <section className={styles.bytes}>
        <div className={styles.head}>
          <h2>{t('bytes')}</h2>
          <Term id="leaf" />
        </div>
        {bytes.data !== undefined && <LeafProof detail={bytes.data} entry={entry} />}
        {bytes.isPending && <p role="status">{t('loading')}</p>}
        {bytes.error !== null && <p role="alert">{t('error')}</p>}
      </section>
    </div>
  );
}

/** The address that opens this very event among its neighbours, in the language and as-of of this page. */
function linkTo(seq: number): string {
  const search = moved(new URLSearchParams(location.search), {
    place: placeAround(seq),
    selected: seq,
    filter: {},
    follows: true,
  });
  return `${location.origin}${location.pathname}?${search.toString()}`;
}
