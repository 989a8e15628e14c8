'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { Icon } from '../../../glyphs/icon.tsx';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { EventDetail } from './event-detail.tsx';
import { EventOutline } from './event-outline.tsx';
import { eventSentence } from './event-sentence.ts';
import { groupsOfFour } from './hash-groups.ts';
import type { LogMove } from './log-address.ts';
import styles from './log.module.css';

/** Letters of the leaf hash in a row: enough to see that two rows differ, the rest is one press away. */
const HASH_START = 8;

export function LogRow({
  entry,
  open,
  unfolded,
  last,
  onToggle,
  onGo,
}: {
  readonly entry: LogEntry;
  readonly open: boolean;
  /** It shows what it holds although it is not the one that is open. */
  readonly unfolded: boolean;
  readonly last: number;
  readonly onToggle: (seq: number) => void;
  readonly onGo: (move: LogMove, how?: 'push' | 'replace') => void;
}) {
  const words = useTranslations();
  const locale = useLocale();
  const { names, zone } = useCentre();
  const button = useRef<HTMLButtonElement>(null);
  const { seq, envelope, leafHash } = entry;
  const { lead, rest, group } = eventSentence(entry, { words, names, zone, locale });
  const panel = `event-${seq}`;
  useEffect(() => {
    // Where a link or a number led to; a row that was clicked is in view already and stays where it is.
    if (open) button.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <li className={styles.row} data-open={open}>
      <button
        ref={button}
        type="button"
        data-row
        className={styles.line}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => onToggle(seq)}
      >
        <span className={styles.seq}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} size={0.875} className="no-print" />#
          {whole(seq)}
        </span>
        <time className={styles.time} dateTime={envelope.time}>
          {toTheSecond(envelope.time, zone)}
        </time>
        <span className={styles.sentence}>
          {group !== null && <KindGlyph group={group} />}
          <span>
            <b>{lead}</b> {rest}
          </span>
        </span>
        <By entry={entry} />
        <span className={styles.hash}>{groupsOfFour(leafHash.slice(0, HASH_START))}</span>
      </button>
      {open && (
        <div id={panel} className={styles.panel}>
          <EventDetail entry={entry} last={last} onGo={onGo} />
        </div>
      )}
      {unfolded && !open && (
        <div className={styles.panel}>
          <EventOutline entry={entry} />
        </div>
      )}
    </li>
  );
}

/** Who recorded it, and how they were identified: never the one without the other. */
function By({ entry: { envelope } }: { readonly entry: LogEntry }) {
  const t = useTranslations('log');
  const { centre, names } = useCentre();
  const { officer, contingent, authn } = envelope;
  const sign = centre?.contingents.find((each) => each.contingent === contingent)?.sign;
  return (
    <span
      className={styles.by}
      title={contingent === undefined ? undefined : names.contingent(contingent)}
    >
      {sign !== undefined && <ContingentSign sign={sign} />}
      {officer === undefined
        ? t('row.system')
        : t('row.by', { officer: names.officer(officer), authn: t(`authn.${authn}`) })}
    </span>
  );
}
