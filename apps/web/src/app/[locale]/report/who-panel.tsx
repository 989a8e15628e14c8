'use client';

import type { CentreAnswer, CentreOfficer } from '@ceasewatch/api/contract/centre';
import { NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { dtg } from '../../../format/instants.ts';
import type { Names } from '../../../format/words.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { useNow } from '../../../live/use-now.ts';
import { changeSettings } from '../../../settings/settings.ts';
import { OfficerPick } from '../../../shell/officer-pick.tsx';
import type { FieldProblems } from './form-problems.ts';
import styles from './report.module.css';

/** Under whose name, for which contingent and from which unit this goes into the log; always in sight. */
export function WhoPanel({
  centre,
  names,
  acting,
  reporters,
  unit,
  problems,
  onUnit,
}: {
  readonly centre: CentreAnswer;
  readonly names: Names;
  readonly acting: CentreOfficer;
  readonly reporters: readonly CentreOfficer[];
  readonly unit: string;
  readonly problems: FieldProblems;
  onUnit(unit: string): void;
}) {
  const t = useTranslations();
  const now = useNow();
  const units = centre.units.filter(
    ({ contingent, closedAt }) =>
      closedAt === null && (contingent === null || contingent === acting.contingent),
  );
  const sign = centre.contingents.find(({ contingent }) => contingent === acting.contingent)?.sign;
  return (
    <div className={styles.who}>
      <span className={styles.contingent}>
        {sign !== undefined && <ContingentSign sign={sign} />} {names.contingent(acting.contingent)}
      </span>
      <OfficerPick
        aria-label={t('report.who.officer')}
        officers={reporters}
        chosen={acting.officer}
        onPick={(officer) => changeSettings({ officer })}
      />
      <NativeSelect
        aria-label={t('report.who.unit')}
        value={unit}
        error={problems.unit}
        onChange={({ currentTarget: { value } }) => onUnit(value)}
        data={units.map(({ unit: id, name }) => ({ value: id, label: name }))}
      />
      <span className={styles.clock}>{now === 0 ? '' : dtg(now, centre.zone)}</span>
    </div>
  );
}
