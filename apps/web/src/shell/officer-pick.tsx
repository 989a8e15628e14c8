'use client';

import type { CentreOfficer } from '@ceasewatch/api/contract/centre';
import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useCentre } from './use-centre.ts';

/** Whoever acts, by name, contingent and role. Nobody is chosen before somebody chooses. */
export function OfficerPick({
  officers,
  chosen,
  onPick,
  ...more
}: Pick<NativeSelectProps, 'label' | 'description' | 'aria-label' | 'error' | 'size'> & {
  readonly officers: readonly CentreOfficer[];
  readonly chosen: string | null;
  onPick(officer: string): void;
}) {
  const t = useTranslations();
  const { names } = useCentre();
  const nobody = { value: '', label: t('shell.officerNone'), disabled: true };
  return (
    <NativeSelect
      {...more}
      value={chosen ?? ''}
      onChange={({ currentTarget: { value } }) => onPick(value)}
      data={[
        ...(chosen === null ? [nobody] : []),
        ...officers.map(({ officer, contingent, role }) => ({
          value: officer,
          label: `${names.officer(officer)} · ${names.contingent(contingent)} · ${t(`words.role.${role}`)}`,
        })),
      ]}
    />
  );
}
