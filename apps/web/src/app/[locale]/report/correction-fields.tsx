'use client';

import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import {
  CORRECTION_REASONS,
  type CorrectionReason,
} from '@ceasewatch/domain/observation/vocabulary';
import { NativeSelect, Textarea } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { changesBetween, type Telling } from '../observation/version-diff.ts';
import type { Correction } from './correction.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/** What a correction changes, and why: the reason is public, the officer's words are not. */
export function CorrectionFields({
  told,
  correction,
  telling,
  reason,
  explanation,
  onReason,
  onExplanation,
}: {
  readonly told: ObservationContent;
  readonly correction: Correction;
  readonly telling: Telling;
  readonly reason: CorrectionReason;
  readonly explanation: string;
  onReason(reason: CorrectionReason): void;
  onExplanation(explanation: string): void;
}) {
  const t = useTranslations();
  const changes = changesBetween(correction.before, told, telling);
  return (
    <>
      <section aria-labelledby="what-changes">
        <h3 className={styles.heading} id="what-changes">
          {t('report.changes')}
        </h3>
        {changes.length === 0 && <p className={styles.hint}>{t('observation.unchanged')}</p>}
        <dl className={back.facts}>
          {changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{t(`observation.field.${field}`)}</dt>
              <dd>
                <del>{before === '' ? t('observation.nothing') : before}</del> →{' '}
                {after === '' ? t('observation.nothing') : after}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <NativeSelect
        label={t('report.correctionReason')}
        value={reason}
        onChange={({ currentTarget: { value } }) =>
          onReason(CORRECTION_REASONS.find((each) => each === value) ?? reason)
        }
        data={CORRECTION_REASONS.map((value) => ({ value, label: t(`words.reason.${value}`) }))}
      />
      <Textarea
        label={t('report.correctionExplanation')}
        rows={2}
        value={explanation}
        onChange={({ currentTarget: { value } }) => onExplanation(value)}
      />
    </>
  );
}
