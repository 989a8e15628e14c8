'use client';

import type { ObservationDetail, ObservationVersion } from '@ceasewatch/api/contract/observation';
import type { CorrectionReason } from '@ceasewatch/domain/observation/vocabulary';
import { Button, Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { problemText } from '../../../format/codes.ts';
import type { Names } from '../../../format/words.ts';
import { useLiveFeed } from '../../../live/use-live.ts';
import { changeSettings } from '../../../settings/settings.ts';
import { OfficerPick } from '../../../shell/officer-pick.tsx';
import { type ActingOfficer, useActingOfficer } from '../../../shell/use-acting-officer.ts';
import { ReasonPick } from './reason-pick.tsx';
import { sendStep, type Step, type StepUnderWay, useStepUnderWay } from './step-sending.ts';
import styles from './observation.module.css';

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
  const { acting, reporters } = useActingOfficer();
  const [step, setStep] = useState<Step | null>(null);
  const queries = useQueryClient();
  const feed = useLiveFeed();
  const underWay = useStepUnderWay(detail.id);
  // Here and not in the dialog: who closes it learns of a refusal all the same.
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const send = async (asked: Step, facts: object) => {
    setProblem(null);
    try {
      await sendStep(feed, detail.id, asked, facts, row.revision);
      await queries.invalidateQueries({ queryKey: ['observation'] });
      setStep(null);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  };
  if (acting === null) return <WhoActs reporters={reporters} />;
  const mine = row.contingent === null || row.contingent === acting.contingent;
  if (!mine) {
    return (
      <span className={`${styles.dim} no-print`}>
        {t('notYours', { contingent: names.contingent(row.contingent ?? '') })}
      </span>
    );
  }
  if (!reporters.includes(acting)) return null;
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
      {step === null && underWay !== null && <UnderWay {...underWay} />}
      {step === null && problem !== null && <Refused problem={problem} detail={detail} />}
      {step !== null && (
        <StepDialog
          step={step}
          detail={detail}
          version={row.version}
          problem={problem}
          who={`${names.officer(acting.officer)}, ${names.contingent(acting.contingent)}`}
          onSend={(facts) => void send(step, facts)}
          onClose={() => {
            setStep(null);
            setProblem(null);
          }}
        />
      )}
    </>
  );
}

/** Nobody has acted on this device: whose name a correction would carry is asked first. */
function WhoActs({ reporters }: Pick<ActingOfficer, 'reporters'>) {
  const t = useTranslations('shell');
  if (reporters.length === 0) return null;
  return (
    <span className="no-print">
      <OfficerPick
        size="xs"
        aria-label={t('officer')}
        officers={reporters}
        chosen={null}
        onPick={(officer) => changeSettings({ officer })}
      />
    </span>
  );
}

function StepDialog({
  step,
  detail,
  version,
  problem,
  who,
  onSend,
  onClose,
}: {
  readonly step: Step;
  readonly detail: ObservationDetail;
  readonly version: number;
  readonly problem: ApiProblem | null;
  readonly who: string;
  onSend(facts: object): void;
  onClose(): void;
}) {
  const t = useTranslations();
  const underWay = useStepUnderWay(detail.id);
  const [reason, setReason] = useState<CorrectionReason | null>(null);
  const [missed, setMissed] = useState(false);
  const pick = useRef<HTMLSelectElement>(null);
  const [explanation, setExplanation] = useState('');

  const send = () => {
    const told = explanation.trim() === '' ? {} : { explanation: explanation.trim() };
    if (step === 'reinstatement') onSend({ reinstates: version, ...told });
    else if (reason !== null) onSend({ retracts: version, reason, ...told });
    else {
      setMissed(true);
      pick.current?.focus();
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      title={t(`observation.step.${step}.title`, { n: detail.number })}
    >
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>{t(`observation.step.${step}.text`, { who })}</p>
        {step === 'retraction' && (
          <ReasonPick
            ref={pick}
            label={t('observation.reason')}
            disabled={underWay !== null}
            data-autofocus
            reason={reason}
            missed={missed}
            onPick={setReason}
          />
        )}
        <Textarea
          label={t('observation.explanation')}
          rows={3}
          value={explanation}
          disabled={underWay !== null}
          onChange={({ currentTarget: { value } }) => setExplanation(value)}
        />
        {problem !== null && <Refused problem={problem} detail={detail} />}
        {underWay !== null && <UnderWay {...underWay} />}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('observation.cancel')}
          </Button>
          <Button loading={underWay !== null} type="submit" data-testid="confirm-step">
            {t(`observation.step.${step}.do`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Sent and not answered yet: what is known, and a way to ask at once. */
function UnderWay({ attempt, problem, tryNow }: StepUnderWay) {
  const t = useTranslations();
  return (
    <p role="status" className={`${styles.dim} no-print`}>
      {problem === null
        ? t('report.sending')
        : t('report.sendingAgain', { why: t(`problem.${problem.code}`), n: attempt })}{' '}
      {problem !== null && (
        <Button variant="default" size="compact-sm" onClick={tryNow}>
          {t('report.tryNow')}
        </Button>
      )}
    </p>
  );
}

function Refused({
  problem,
  detail,
}: {
  readonly problem: ApiProblem;
  readonly detail: ObservationDetail;
}) {
  const t = useTranslations();
  return (
    <p role="alert" className={styles.alarm}>
      {problemText(problem, detail.versions.at(-1)?.row.when.zone ?? 'UTC', t)}
    </p>
  );
}
