'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { useTranslations } from 'next-intl';
import { type FocusEvent, useRef } from 'react';
import { useKey } from '../../../shell/keys.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import type { LogMove } from './log-address.ts';
import { LogRow } from './log-row.tsx';
import styles from './log.module.css';

/** The events of a page. While somebody points at them or has the focus in them, nothing new joins. */
export function LogList({
  items,
  selected,
  unfolded,
  busy,
  last,
  onToggle,
  onGo,
  onHold,
}: {
  readonly items: readonly LogEntry[];
  readonly selected: number | null;
  readonly unfolded: boolean;
  readonly busy: boolean;
  readonly last: number;
  readonly onToggle: (seq: number) => void;
  readonly onGo: (move: LogMove, how?: 'push' | 'replace') => void;
  readonly onHold: (held: boolean) => void;
}) {
  const t = useTranslations('log');
  const { zone } = useCentre();
  const list = useRef<HTMLOListElement>(null);
  useKey('j', () => step(list.current, 1));
  useKey('k', () => step(list.current, -1));
  const blurred = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onHold(false);
  };
  return (
    <div
      className={styles.list}
      aria-busy={busy}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(list.current?.contains(document.activeElement) === true)}
      onFocus={() => onHold(true)}
      onBlur={blurred}
    >
      <div className={styles.columns} aria-hidden>
        <span>#</span>
        <span>
          {t('detail.recorded')} · {zone}
        </span>
        <span>{t('detail.seq')}</span>
        <span>{t('detail.officer')}</span>
        <span>{t('detail.leafHash')}</span>
      </div>
      <ol ref={list} aria-label={t('print')}>
        {items.map((entry) => (
          <LogRow
            key={entry.seq}
            entry={entry}
            open={entry.seq === selected}
            unfolded={unfolded}
            last={last}
            onToggle={onToggle}
            onGo={onGo}
          />
        ))}
      </ol>
    </div>
  );
}

/** The focus goes from row to row; from anywhere else it goes to the first, or the last. */
function step(list: HTMLOListElement | null, by: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLButtonElement>('button[data-row]') ?? [])];
  const at = rows.findIndex((row) => row.parentElement?.contains(document.activeElement) === true);
  const next = at < 0 ? rows.at(by === 1 ? 0 : -1) : rows[at + by];
  next?.focus();
}
