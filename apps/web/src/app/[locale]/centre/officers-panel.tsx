'use client';

import type { CentreAnswer, CentreOfficer } from '@ceasewatch/api/contract/centre';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { putPast } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { shortId } from '../../../format/words.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { useActingOfficer } from '../../../shell/use-acting-officer.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { Panel } from './panel.tsx';
import { ScrollTable } from './scroll-table.tsx';
import styles from './centre.module.css';

/** Who may sign for the centre. A name is shown, withheld or erased; the id in the log stays. */
export function OfficersPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.officers');
  const withdrawn = centre.officers.filter((officer) => officer.withdrawn).length;
  return (
    <Panel
      area="officers"
      title={t('title')}
      term="acting_officer"
      note={t('note', { n: centre.officers.length, withdrawn })}
    >
      {centre.officers.length === 0 ? (
        <p className={styles.absent}>{t('none')}</p>
      ) : (
        <ScrollTable label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('contingent')}</th>
              <th scope="col">{t('role')}</th>
              <th scope="col">{t('unit')}</th>
              <th scope="col">{t('id')}</th>
            </tr>
          </thead>
          <tbody>
            {centre.officers.map((officer) => (
              <Officer key={officer.officer} officer={officer} centre={centre} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Panel>
  );
}

function Officer({
  officer,
  centre,
}: {
  readonly officer: CentreOfficer;
  readonly centre: CentreAnswer;
}) {
  const words = useTranslations();
  const t = useTranslations('centre.officers');
  const locale = useLocale();
  const { names } = useCentre();
  const { acting } = useActingOfficer();
  const address = useAddress();
  const sign = centre.contingents.find(({ contingent }) => contingent === officer.contingent)?.sign;
  const search = putPast(new URLSearchParams({ officer: officer.officer }), address);
  return (
    <tr data-closed={officer.withdrawn}>
      <th scope="row">
        {officer.name.state === 'shown' ? officer.name.value : <i>{t(officer.name.state)}</i>}
        {officer.withdrawn && <small>{t('withdrawnMark')}</small>}
        {acting?.officer === officer.officer && <small>{t('acting')}</small>}
      </th>
      <td className={styles.signed}>
        {sign !== undefined && <ContingentSign sign={sign} />}
        {names.contingent(officer.contingent)}
      </td>
      <td>{words(`words.role.${officer.role}`)}</td>
      <td>
        {officer.unit === null ? (
          <span className={styles.absent}>{t('anyUnit')}</span>
        ) : (
          names.unit(officer.unit)
        )}
      </td>
      <td>
        <Link
          href={`/${locale}/log?${search.toString()}`}
          prefetch={false}
          className={styles.mono}
          title={t('events', { officer: names.officer(officer.officer) })}
        >
          …{shortId(officer.officer)}
        </Link>
      </td>
    </tr>
  );
}
