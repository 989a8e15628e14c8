'use client';

import type { Warning } from '@ceasewatch/domain/refusal';
import { Button, Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { date, millis, dtg } from '../../../format/instants.ts';
import { wholeSentence, type Told } from '../../../format/sentence.ts';
import { occurred } from '../../../format/when.ts';
import type { Names } from '../../../format/words.ts';
import type { CorrectionReason } from '@ceasewatch/domain/observation/vocabulary';
import type { Correction } from './correction.ts';
import { warningText } from '../../../format/codes.ts';
import { CorrectionFields } from './correction-fields.tsx';
import type { CorrectionTold } from './use-report.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/**
 * The report read back before it is sent, as it would be read over the radio. Enter sends, Esc returns;
 * whatever is unusual is confirmed by itself first, with Space and never with Enter, so that a habit
 * confirms nothing.
 */
export function ReadBack({
  told,
  warnings,
  names,
  zone,
  who,
  correction,
  onSend,
  onBack,
}: {
  readonly told: Told;
  readonly warnings: readonly Warning[];
  readonly names: Names;
  readonly zone: string;
  /** Officer and contingent in words. */
  readonly who: string;
  readonly correction: Correction | undefined;
  onSend(told: CorrectionTold): void;
  onBack(): void;
}) {
  const t = useTranslations();
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState<CorrectionReason>('transcription');
  const [explanation, setExplanation] = useState('');
  const send = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const open = warnings.filter((warning) => !confirmed.has(keyOf(warning)));
  useEffect(() => {
    if (open.length === 0) send.current?.focus();
    else first.current?.focus();
  }, [open.length]);
  const from = millis(told.when.from);
  return (
    <Modal
      opened
      onClose={onBack}
      title={t('report.readBack.title')}
      size="lg"
      withCloseButton={false}
      returnFocus={false}
    >
      <form
        className={back.readBack}
        data-testid="read-back"
        onSubmit={(event) => {
          event.preventDefault();
          if (open.length === 0) onSend({ reason, explanation: explanation.trim() });
        }}
      >
        <p className={back.sentence}>{wholeSentence(told, t, names)}</p>
        <p>
          <strong>{occurred(told.when, zone, from, t)}</strong> · {date(from, zone)} ·{' '}
          {dtg(from, zone)} · {dtg(from, 'UTC')}
        </p>
        {told.confidence !== undefined && <p>{t(`report.sure.${told.confidence}`)}</p>}
        <p>{t('report.readBack.by', { unit: names.unit(told.unit), who })}</p>
        {correction !== undefined && (
          <CorrectionFields
            told={told}
            correction={correction}
            telling={{ zone, words: t, names }}
            reason={reason}
            explanation={explanation}
            onReason={setReason}
            onExplanation={setExplanation}
          />
        )}
        {warnings.length > 0 && (
          <fieldset className={back.warnings}>
            <legend>{t('report.readBack.unusual', { n: warnings.length })}</legend>
            {warnings.map((warning) => {
              const key = keyOf(warning);
              return (
                <label key={key}>
                  <input
                    ref={key === keyOf(open[0] ?? warning) ? first : undefined}
                    type="checkbox"
                    data-autofocus={key === keyOf(warnings[0] ?? warning) ? true : undefined}
                    checked={confirmed.has(key)}
                    onChange={({ currentTarget: { checked } }) => {
                      const next = new Set(confirmed);
                      if (checked) next.add(key);
                      else next.delete(key);
                      setConfirmed(next);
                    }}
                  />
                  <span>{warningText(warning, zone, t)}</span>
                </label>
              );
            })}
            <p className={styles.hint}>{t('report.readBack.space')}</p>
          </fieldset>
        )}
        <div className={back.actions}>
          <Button variant="default" type="button" onClick={onBack}>
            {t('report.readBack.back')} <kbd aria-hidden>Esc</kbd>
          </Button>
          <Button
            ref={send}
            onKeyUp={(event) => {
              // Space confirms what is unusual; one Space too many must not send.
              if (event.key === ' ') event.preventDefault();
            }}
            type="submit"
            disabled={open.length > 0}
            data-autofocus={warnings.length === 0 ? true : undefined}
            data-testid="send"
          >
            {t('report.readBack.send')} <kbd aria-hidden>Enter</kbd>
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function keyOf({ code, field }: Warning): string {
  return `${code} ${field}`;
}
