'use client';

import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import type { CorrectionReason } from '@ceasewatch/domain/observation/vocabulary';
import { Textarea } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { Ref } from 'react';
import { ReasonPick } from '../observation/reason-pick.tsx';
import { changesBetween, type Telling } from '../observation/version-diff.ts';
import type { Correction } from './correction.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/** What a correction changes, and why: the reason is public, the officer's words are not. */
export function CorrectionFields({
  told,
  correction,
  telling,
  pick,
  first,
  reason,
  missed,
  explanation,
  onReason,
  onExplanation,
}: {
  readonly told: ObservationContent;
  readonly correction: Correction;
  readonly telling: Telling;
  readonly pick: Ref<HTMLSelectElement>;
  /** The reason is the first thing that is asked: nothing is unusual. */
  readonly first: boolean;
  readonly reason: CorrectionReason | null;
  readonly missed: boolean;
  readonly explanation: string;
  onReason(reason: CorrectionReason | null): void;
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
      <ReasonPick
        ref={pick}
        label={t('report.correctionReason')}
        data-autofocus={first ? true : undefined}
        reason={reason}
        missed={missed}
        onPick={onReason}
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
