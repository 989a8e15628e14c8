'use client';

import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import { Icon } from '../glyphs/icon.tsx';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { distance } from '../format/quantities.ts';
import { observationAddress } from '../filter/list-address.ts';
import { useAddress } from '../filter/use-address.ts';
import { wholeSentence } from '../format/sentence.ts';
import { occurred } from '../format/when.ts';
import type { Names } from '../format/words.ts';
import { useMinute } from '../live/use-now.ts';
import { KindGlyph } from '../glyphs/kind-glyph.tsx';
import styles from './map.module.css';

/** The selected row in a sentence, with the error of its place and the way to its record. */
export function MapCard({
  row,
  names,
  zone,
  onClose,
}: {
  readonly row: ObservationRow;
  readonly names: Names;
  readonly zone: string;
  onClose(): void;
}) {
  const t = useTranslations();
  const locale = useLocale();
  const { asOf, until } = useAddress();
  const now = useMinute();
  const resolved = resolvedOf(row.where);
  return (
    <aside className={`${styles.card} no-print`} aria-label={t('map.selected')}>
      <p>
        <KindGlyph group={row.group} /> {wholeSentence(row, t, names)}
      </p>
      <p className={styles.cardFacts}>
        <span>{occurred(row.when, zone, now, t)}</span>
        <span>{names.unit(row.unit)}</span>
        {resolved !== undefined && (
          <span>{t('map.error', { error: distance(resolved.errorM, t) })}</span>
        )}
        <Link href={observationAddress(locale, row.id, { asOf, until })} prefetch={false}>
          {t('map.number', { n: row.number })}
        </Link>
      </p>
      <button type="button" aria-label={t('map.deselect')} onClick={onClose}>
        <Icon name="x" size={0.875} />
      </button>
    </aside>
  );
}
