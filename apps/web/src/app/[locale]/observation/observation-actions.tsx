'use client';

import type { ObservationDetail, ObservationVersion, Receipt } from '@ceasewatch/api/contract';
import {
  CORRECTION_REASONS,
  type CorrectionReason,
} from '@ceasewatch/domain/observation/vocabulary';
import { Button, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { postJson } from '../../../api/fetch-json.ts';
import { problemText } from '../../../format/codes.ts';
import type { Names } from '../../../format/words.ts';
import { useActingOfficer } from '../../../shell/use-acting-officer.ts';
import { uuidV7 } from '../report/uuid-v7.ts';
import styles from './observation.module.css';

type Step = 'retraction' | 'reinstatement';

/** What the originating contingent may do; for everybody else it says who may. */
export function ObservationActions({
  latest: { row },
  detail,

  names,
}: {
  readonly latest: ObservationVersion;
  readonly detail: ObservationDetail;
  readonly names: Names;
}) {
  const t = useTranslations('observation');
  const locale = useLocale();
  const { acting } = useActingOfficer();
  const [step, setStep] = useState<Step | null>(null);
  const mine = row.contingent === null || row.contingent === acting?.contingent;
  if (!mine) {
    return (
      <span className={`${styles.dim} no-print`}>
        {t('notYours', { contingent: names.contingent(row.contingent ?? '') })}
      </span>
    );
  }
  if (acting?.role !== 'operator') return null;
  return (
    <>
      {row.status === 'recorded' ? (
        <>
          <Link
            className={`${styles.action} no-print`}
            href={`/${locale}/report?corrects=${detail.id}`}
            prefetch={false}
          >
            {t('correct')}
          </Link>
          <Button
            className="no-print"
            variant="default"
            size="compact-sm"
            onClick={() => setStep('retraction')}
          >
            {t('retract')}
          </Button>
        </>
      ) : (
        <Button
          className="no-print"
          variant="default"
          size="compact-sm"
          onClick={() => setStep('reinstatement')}
        >
          {t('reinstate')}
        </Button>
      )}
      {step !== null && (
        <StepDialog
          step={step}
          detail={detail}
          version={row.version}
          revision={row.revision}
          who={`${names.officer(acting.officer)}, ${names.contingent(acting.contingent)}`}
          onDone={() => setStep(null)}
        />
      )}
    </>
  );
}

function StepDialog({
  step,
  detail,
  version,
  revision,
  who,
  onDone,
}: {
  readonly step: Step;
  readonly detail: ObservationDetail;
  readonly version: number;
  readonly revision: number;
  readonly who: string;
  onDone(): void;
}) {
  const t = useTranslations();
  const queries = useQueryClient();
  // One id for as long as the dialog is open: sending again is the same command.
  const [id] = useState(() => uuidV7());
  const [reason, setReason] = useState<CorrectionReason>('duplicate');
  const [explanation, setExplanation] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);

  const send = async () => {
    setSending(true);
    const told = explanation.trim() === '' ? {} : { explanation: explanation.trim() };
    const body =
      step === 'retraction'
        ? { id, retracts: version, reason, ...told }
        : { id, reinstates: version, ...told };
    try {
      await postJson<Receipt>(`/api/observations/${detail.id}/${step}`, body, revision);
      await queries.invalidateQueries({ queryKey: ['observation'] });
      onDone();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setSending(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onDone}
      withCloseButton={false}
      title={t(`observation.step.${step}.title`, { n: detail.number })}
    >
      <div className={styles.dialog}>
        <p>{t(`observation.step.${step}.text`, { who })}</p>
        {step === 'retraction' && (
          <NativeSelect
            label={t('observation.reason')}
            value={reason}
            data-autofocus
            onChange={({ currentTarget: { value } }) =>
              setReason(CORRECTION_REASONS.find((each) => each === value) ?? reason)
            }
            data={CORRECTION_REASONS.map((value) => ({ value, label: t(`words.reason.${value}`) }))}
          />
        )}
        <Textarea
          label={t('observation.explanation')}
          rows={3}
          value={explanation}
          onChange={({ currentTarget: { value } }) => setExplanation(value)}
        />
        {problem !== null && (
          <p role="alert" className={styles.alarm}>
            {problemText(problem, detail.versions.at(-1)?.row.when.zone ?? 'UTC', t)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onDone}>
            {t('observation.cancel')}
          </Button>
          <Button loading={sending} onClick={() => void send()} data-testid="confirm-step">
            {t(`observation.step.${step}.do`)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
