'use client';

import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { observationAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { dtg, millis } from '../../../format/instants.ts';
import { sentenceOf } from '../../../format/sentence.ts';
import { occurredDated } from '../../../format/when.ts';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import styles from './observations.module.css';

const BLANKS = 12;

/** Rows with both their times, dates on all of them; on a phone each row is a card. */
export function ObservationTable({
  rows,
  loading,
}: {
  readonly rows: readonly ObservationRow[];
  readonly loading: boolean;
}) {
  const t = useTranslations('observations');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('number')}</th>
          <th scope="col">{t('occurred')}</th>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('unit')}</th>
          <th scope="col">{t('sector')}</th>
          <th scope="col">{t('recorded')}</th>
        </tr>
      </thead>
      <tbody aria-busy={loading}>
        {loading && Array.from({ length: BLANKS }, (_, index) => <Blank key={index} />)}
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: ObservationRow }) {
  const t = useTranslations();
  const locale = useLocale();
  const address = useAddress();
  const { names, zone } = useCentre();
  const { lead, rest } = sentenceOf(row, t, names);
  return (
    <tr data-status={row.status} data-id={row.id}>
      <td className={styles.number}>
        <Link
          href={observationAddress(locale, row.id, address)}
          prefetch={false}
          aria-label={t('observations.open', { n: row.number })}
        >
          {row.number}
        </Link>
      </td>
      <td className={styles.time}>
        {occurredDated(row.when, zone, t)}
        {row.late && <span className={styles.tag}>{t('situation.feed.late')}</span>}
      </td>
      <td className={styles.what}>
        <KindGlyph group={row.group} /> <b>{lead}</b> {rest}
        {row.version > 1 && <span className={styles.tag}>{t('situation.feed.corrected')}</span>}
        {row.status === 'retracted' && (
          <span className={styles.tag}>{t('situation.feed.retracted')}</span>
        )}
        {row.origin === 'external' && (
          <span className={styles.tag}>{t('situation.feed.external')}</span>
        )}
      </td>
      <td className={styles.name}>{names.unit(row.unit)}</td>
      <td className={styles.name}>
        {row.sector === null ? t('filter.noSector') : names.area(row.sector)}
      </td>
      <td className={styles.time}>{dtg(millis(row.recordedAt), zone)}</td>
    </tr>
  );
}

function Blank() {
  return (
    <tr aria-hidden>
      <td colSpan={6}>
        <span className={styles.blank} />
      </td>
    </tr>
  );
}
