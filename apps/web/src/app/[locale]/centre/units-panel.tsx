'use client';

import type { CentreAnswer, CentreUnit } from '@ceasewatch/api/contract/centre';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { toTheMinute } from '../../../format/date-time.ts';
import { millis } from '../../../format/instants.ts';
import { age, distance } from '../../../format/quantities.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { useNow } from '../../../live/use-now.ts';
import { listAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { gridOf, latLonOf } from './grid-position.ts';
import { Panel } from './panel.tsx';
import { ScrollTable } from './scroll-table.tsx';
import styles from './centre.module.css';

/** Who observes for the centre, from where, and when each was last heard. */
export function UnitsPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.units');
  const closed = centre.units.filter(({ closedAt }) => closedAt !== null).length;
  return (
    <Panel
      area="units"
      title={t('title')}
      term="unit"
      note={t('note', { open: centre.units.length - closed, closed })}
    >
      {centre.units.length === 0 ? (
        <p className={styles.absent}>{t('none')}</p>
      ) : (
        <ScrollTable label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('kind')}</th>
              <th scope="col">{t('contingent')}</th>
              <th scope="col">{t('position')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('lastReport')}</th>
            </tr>
          </thead>
          <tbody>
            {centre.units.map((unit) => (
              <Unit key={unit.unit} unit={unit} centre={centre} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Panel>
  );
}

function Unit({ unit, centre }: { readonly unit: CentreUnit; readonly centre: CentreAnswer }) {
  const words = useTranslations();
  const t = useTranslations('centre');
  const { names } = useCentre();
  const sign = centre.contingents.find(({ contingent }) => contingent === unit.contingent)?.sign;
  return (
    <tr data-closed={unit.closedAt !== null}>
      <th scope="row">{unit.name}</th>
      <td>{t(`unitKind.${unit.kind}`)}</td>
      <td className={styles.signed}>
        {sign !== undefined && <ContingentSign sign={sign} />}
        {unit.contingent === null ? t('units.joint') : names.contingent(unit.contingent)}
      </td>
      <td className={styles.position}>
        {unit.position === null ? (
          <span className={styles.absent}>{t('units.noPosition')}</span>
        ) : (
          <>
            {gridOf(unit.position)}
            <small>
              {latLonOf(unit.position, words)} ± {distance(unit.position.errorM, words)}
            </small>
          </>
        )}
      </td>
      <td>
        {unit.closedAt === null
          ? t('units.open', { time: toTheMinute(unit.openedAt, centre.zone) })
          : t('units.closed', { time: toTheMinute(unit.closedAt, centre.zone) })}
      </td>
      <td>
        <LastReport unit={unit} zone={centre.zone} />
      </td>
    </tr>
  );
}

/** Its age is the reader's own only at present; in the past the instant speaks for itself. */
function LastReport({ unit, zone }: { readonly unit: CentreUnit; readonly zone: string }) {
  const words = useTranslations();
  const t = useTranslations('centre.units');
  const locale = useLocale();
  const now = useNow();
  const address = useAddress();
  if (unit.lastReport === null) return <span className={styles.absent}>{t('never')}</span>;
  return (
    <>
      <Link
        href={listAddress(locale, { unit: [unit.unit] }, address)}
        prefetch={false}
        title={t('reports', { unit: unit.name })}
      >
        {toTheMinute(unit.lastReport, zone)}
      </Link>
      {address.asOf === null && now > 0 && (
        <small>{t('ago', { age: age(now - millis(unit.lastReport), words) })}</small>
      )}
    </>
  );
}
