'use client';

import type {
  CentreAnswer,
  CentreContingent,
  CentreStrength,
} from '@ceasewatch/api/contract/centre';
import { STRENGTH_STAGES } from '@ceasewatch/domain/centre/centre.events';
import { useTranslations } from 'next-intl';
import { toTheMinute } from '../../../format/date-time.ts';
import { qualified } from '../../../format/quantities.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { Term } from '../../../help/term.tsx';
import { Panel } from './panel.tsx';
import { ParallelNames } from './parallel-names.tsx';
import styles from './centre.module.css';

/** Both contingents side by side. Announced, authorised, deployed and observed are four numbers. */
export function ContingentsPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.contingents');
  return (
    <Panel area="contingents" title={t('title')} term="contingent" note={t('note')}>
      <div className={styles.contingents}>
        {centre.contingents.map((contingent) => (
          <Strength key={contingent.contingent} contingent={contingent} zone={centre.zone} />
        ))}
      </div>
    </Panel>
  );
}

function Strength({
  contingent,
  zone,
}: {
  readonly contingent: CentreContingent;
  readonly zone: string;
}) {
  const t = useTranslations('centre.contingents');
  return (
    <div>
      <h3 className={styles.contingent}>
        <ContingentSign sign={contingent.sign} /> <ParallelNames names={contingent.name} />
      </h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('stageColumn')}</th>
            <th scope="col" className={styles.number}>
              {t('count')}
            </th>
            <th scope="col">{t('asOf')}</th>
            <th scope="col">{t('source')}</th>
          </tr>
        </thead>
        <tbody>
          {STRENGTH_STAGES.map((stage) => (
            <Stage
              key={stage}
              stage={stage}
              reported={contingent.strength.filter((each) => each.stage === stage)}
              zone={zone}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Stage({
  stage,
  reported,
  zone,
}: {
  readonly stage: CentreStrength['stage'];
  readonly reported: readonly CentreStrength[];
  readonly zone: string;
}) {
  const words = useTranslations();
  const t = useTranslations('centre.contingents');
  const name = (
    <th scope="row">
      {t(`stage.${stage}`)}
      <Term id={stage} />
    </th>
  );
  if (reported.length === 0) {
    return (
      <tr>
        {name}
        <td colSpan={3} className={styles.absent}>
          {t('notReported')}
        </td>
      </tr>
    );
  }
  return reported.map((each) => (
    <tr key={each.asOf}>
      {name}
      <td className={styles.number}>
        {each.value === null
          ? words('format.notKnown')
          : qualified(each.value, each.qualifier ?? 'exact', words)}
        {each.expandable && <small>{t('expandable')}</small>}
      </td>
      <td>{toTheMinute(each.asOf, zone)}</td>
      <td>{each.source ?? <span className={styles.absent}>{t('noSource')}</span>}</td>
    </tr>
  ));
}
