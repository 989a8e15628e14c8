'use client';

import type { CentreAnswer, CentreOfficer } from '@ceasewatch/api/contract/centre';
import { Button, Modal, NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { dtg } from '../../../format/instants.ts';
import type { Names } from '../../../format/words.ts';
import { ContingentSign } from '../../../glyphs/contingent-sign.tsx';
import { useNow } from '../../../live/use-now.ts';
import { changeSettings } from '../../../settings/settings.ts';
import type { FieldProblems } from './form-problems.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/** Under whose name, for which contingent and from which unit this goes into the log; always in sight. */
export function WhoPanel({
  centre,
  names,
  acting,
  officers,
  unit,
  problems,
  onUnit,
}: {
  readonly centre: CentreAnswer;
  readonly names: Names;
  readonly acting: CentreOfficer;
  readonly officers: readonly CentreOfficer[];
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
      <NativeSelect
        aria-label={t('report.who.officer')}
        value={acting.officer}
        onChange={({ currentTarget: { value } }) => changeSettings({ officer: value })}
        data={officers.map(({ officer, contingent, role }) => ({
          value: officer,
          label: `${names.officer(officer)} · ${names.contingent(contingent)} · ${t(`words.role.${role}`)}`,
        }))}
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

/** After an idle hour somebody else may stand at the desk. */
export function StillYou({
  acting,
  names,
  unit,
  onYes,
}: {
  readonly acting: CentreOfficer;
  readonly names: Names;
  readonly unit: string;
  onYes(): void;
}) {
  const t = useTranslations();
  return (
    <Modal
      opened
      onClose={onYes}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('report.who.still')}
    >
      <div className={back.readBack}>
        <p>
          {t('report.who.stillText', {
            officer: names.officer(acting.officer),
            contingent: names.contingent(acting.contingent),
            unit: names.unit(unit),
          })}
        </p>
        <div className={back.actions}>
          <Button onClick={onYes} data-autofocus>
            {t('report.who.yes')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
