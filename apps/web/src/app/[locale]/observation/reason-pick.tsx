'use client';

import {
  CORRECTION_REASONS,
  type CorrectionReason,
} from '@ceasewatch/domain/observation/vocabulary';
import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useTranslations } from 'next-intl';

/**
 * Why something is corrected or retracted, from the closed list. None is chosen before somebody chooses:
 * a reason that was only confirmed is in the log for ever as if it had been said.
 */
export function ReasonPick({
  reason,
  missed,
  onPick,
  ...look
}: {
  readonly reason: CorrectionReason | null;
  /** It was asked to be sent without one. */
  readonly missed: boolean;
  onPick(reason: CorrectionReason | null): void;
} & Pick<NativeSelectProps, 'ref' | 'label' | 'disabled'> & { readonly 'data-autofocus'?: true }) {
  const t = useTranslations();
  return (
    <NativeSelect
      {...look}
      value={reason ?? ''}
      error={missed && reason === null ? t('observation.reasonMissing') : undefined}
      onChange={({ currentTarget: { value } }) =>
        onPick(CORRECTION_REASONS.find((each) => each === value) ?? null)
      }
      data={[
        { value: '', label: t('observation.reasonChoose') },
        ...CORRECTION_REASONS.map((value) => ({ value, label: t(`words.reason.${value}`) })),
      ]}
    />
  );
}
