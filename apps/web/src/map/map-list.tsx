'use client';

import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { observationAddress } from '../filter/list-address.ts';
import { useAddress } from '../filter/use-address.ts';
import { wholeSentence } from '../format/sentence.ts';
import { whole } from '../format/numbers.ts';
import { occurred } from '../format/when.ts';
import type { Names } from '../format/words.ts';
import { useMinute } from '../live/use-now.ts';
import { KindGlyph } from '../glyphs/kind-glyph.tsx';
import styles from './map.module.css';

const MOST = 200;

/** The map for those who do not use a map: the same rows as a list; focus on a row marks it on the map. */
export function MapList({
  rows,
  names,
  zone,
  selected,
  onSelect,
  onClose,
}: {
  readonly rows: readonly ObservationRow[];
  readonly names: Names;
  readonly zone: string;
  readonly selected: string | null;
  onSelect(id: string): void;
  onClose(): void;
}) {
  const t = useTranslations();
  const locale = useLocale();
  const { asOf, until } = useAddress();
  const now = useMinute();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <section
      className={styles.list}
      aria-label={t('map.list')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <strong>{t('map.inSight', { n: whole(rows.length) })}</strong>
        <button type="button" ref={close} onClick={onClose}>
          {t('map.closeList')}
        </button>
      </header>
      <ol>
        {rows.slice(0, MOST).map((row) => (
          <li key={row.id} data-selected={row.id === selected}>
            <button type="button" onClick={() => onSelect(row.id)} onFocus={() => onSelect(row.id)}>
              <KindGlyph group={row.group} />
              <span>
                {occurred(row.when, zone, now, t)} · {wholeSentence(row, t, names)}
              </span>
            </button>
            <Link href={observationAddress(locale, row.id, { asOf, until })} prefetch={false}>
              {t('map.number', { n: row.number })}
            </Link>
          </li>
        ))}
      </ol>
      {rows.length > MOST && <p>{t('map.listCapped', { n: MOST })}</p>}
    </section>
  );
}
