'use client';

import type { CentreAnswer, CentreOfficer } from '@ceasewatch/api/contract/centre';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import type { Names } from '../../../format/words.ts';
import { Key } from '../../../help/key.tsx';
import { ObservationMap } from '../../../map/observation-map.tsx';
import { PageBlank } from '../../../shell/page-blank.tsx';
import { TryNow } from '../../../shell/try-now.tsx';
import { useActingOfficer } from '../../../shell/use-acting-officer.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { useObservation } from '../observation/use-observation.ts';
import { type Correction, correctionOf } from './correction.ts';
import { DetailFields } from './detail-fields.tsx';
import { echoOf } from './echo.ts';
import { EchoPanel } from './echo-panel.tsx';
import { FactFields } from './fact-fields.tsx';
import { shownProblems } from './form-problems.ts';
import { KindField } from './kind-field.tsx';
import { PlaceFields } from './place-fields.tsx';
import { QuickPanel } from './quick-panel.tsx';
import { ReadBack } from './read-back.tsx';
import { Notices } from './report-notices.tsx';
import { ReceiptPanel } from './receipt-panel.tsx';
import { useIdle } from './use-idle.ts';
import type { HeldDraft } from './report-draft.ts';
import { useDraft } from './use-draft.ts';
import { useHeldKeys } from './use-held-keys.ts';
import { draftPlace, useReport } from './use-report.ts';
import { sentenceAsEntered } from './said-as-entered.ts';
import { WhoPanel } from './who-panel.tsx';
import { StillYou, WhoReports } from './who-reports.tsx';
import styles from './report.module.css';

/**
 * The report form. Everything can be typed in one line and sent without a mouse: the line, Ctrl+Enter,
 * Enter. The fields below are the same values; what was understood is said again in the other
 * contingent's conventions, and what was typed is kept until its receipt.
 */
export function ReportScreen() {
  const t = useTranslations();
  const { centre, names, error, retry: askCentre } = useCentre();
  const { acting, reporters } = useActingOfficer();
  const corrects = useSearchParams().get('corrects');
  const { detail, error: failed, retry: askDetail } = useObservation(corrects);
  if (error !== null && centre === null)
    return <Message text={t('report.noCentre')} onTry={askCentre} />;
  if (centre === null) return <PageBlank label={t('report.loading')} />;
  if (reporters.length === 0) return <Message text={t('report.noOfficer')} />;
  if (acting === null || !reporters.includes(acting)) return <WhoReports reporters={reporters} />;
  const form = { centre, names, acting, reporters };
  if (corrects === null || corrects === '') return <DraftedForm key={centre.log} {...form} />;
  if (detail === null)
    return failed === null ? (
      <PageBlank label={t('report.loading')} />
    ) : failed instanceof ApiProblem && failed.code === 'not_found' ? (
      <Message text={t('report.notCorrectable')} />
    ) : (
      <Message text={t('report.noObservation')} onTry={askDetail} />
    );
  const correction = correctionOf(detail);
  if (correction === undefined) return <Message text={t('report.notCorrectable')} />;
  return <CorrectionForm key={detail.id} {...form} correction={correction} />;
}

/** Why there is no form, where the form would be. */
function Message({ text, onTry }: { readonly text: string; readonly onTry?: () => void }) {
  return (
    <div className={styles.message} role="alert">
      <p>{text}</p>
      {onTry !== undefined && <TryNow onTry={onTry} />}
    </div>
  );
}

interface FormProps {
  readonly centre: CentreAnswer;
  readonly names: Names;
  readonly acting: CentreOfficer;
  readonly reporters: readonly CentreOfficer[];
  readonly correction?: Correction;
}

/** Keeps what was looked at when the correction was begun, though its receipt makes it the past. */
function CorrectionForm({ correction, ...form }: FormProps & { readonly correction: Correction }) {
  const [begun] = useState(correction);
  return <DraftedForm {...form} correction={begun} />;
}

/** The form begins when it is known which draft this window has in its hands. */
function DraftedForm(form: FormProps) {
  const t = useTranslations('report');
  const { held, next } = useDraft(draftPlace(form.centre.log, form.correction));
  if (held === null) return <PageBlank label={t('loading')} />;
  return <ReportForm key={held.slot} {...form} held={held} onFinished={next} />;
}

function ReportForm({
  centre,
  names,
  acting,
  reporters,
  correction,
  held,
  onFinished,
}: FormProps & { readonly held: HeldDraft; onFinished(): void }) {
  const t = useTranslations();
  const router = useRouter();
  const locale = useLocale();
  const report = useReport(centre, acting, held, correction);
  const { idle, touched } = useIdle();
  const line = useRef<HTMLInputElement>(null);
  const { fields, preview, phase } = report;
  const { fields: problems, elsewhere } = useMemo(
    () =>
      shownProblems(
        preview.problems,
        report.refused?.problem?.errors ?? [],
        { place: fields.place, all: report.tried, zone: centre.zone },
        t,
      ),
    [preview.problems, report.refused, fields.place, report.tried, centre.zone, t],
  );
  const echo = useMemo(
    () => echoOf(preview, centre.zone, t, names),
    [preview, centre.zone, t, names],
  );
  // The line and the rules often say no to the same field: that is one thing to mend.
  const wrong = preview.problems.length === 0 ? 0 : Math.max(1, Object.keys(problems).length);
  const unit = fields.unit ?? acting.unit ?? '';
  const group = { fields, problems, edit: report.edit };
  const latest = useRef(report);
  useEffect(() => {
    latest.current = report;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      if (latest.current.phase.at !== 'editing') return;
      event.preventDefault();
      // A chord that is held down must not run on into the dialog and send.
      if (event.repeat) return;
      latest.current.readBack();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  useHeldKeys(line, held.draft.line, report.line, report.setLine);
  const toLine = () => requestAnimationFrame(() => line.current?.focus());

  return (
    <div className={styles.screen} data-phase={phase.at}>
      <div className={styles.head}>
        <h1>
          {correction === undefined
            ? t('report.title')
            : t('report.correcting', { n: correction.number, version: correction.version })}
        </h1>
        <WhoPanel
          centre={centre}
          names={names}
          acting={acting}
          reporters={reporters}
          unit={unit}
          problems={problems}
          onUnit={(next) => report.edit({ unit: next })}
        />
      </div>
      <Notices report={report} elsewhere={elsewhere} zone={centre.zone} />
      {phase.at === 'receipt' && (
        <ReceiptPanel
          receipt={phase.receipt}
          replayed={phase.replayed}
          said={
            phase.told === null
              ? null
              : sentenceAsEntered(phase.told.report, phase.told.fields, t, names)
          }
          zone={centre.zone}
          onNext={() => {
            if (correction !== undefined)
              return router.push(`/${locale}/observation?id=${correction.observation}`);
            report.back();
            onFinished();
            toLine();
          }}
          onRepeat={() => {
            report.repeatLast();
            toLine();
          }}
        />
      )}
      <div
        className={`${styles.entry} no-print`}
        inert={phase.at === 'sending'}
        hidden={phase.at === 'receipt'}
      >
        <QuickPanel report={report} zone={centre.zone} input={line} />
        <div className={styles.columns}>
          <section className={`${styles.panel} ${styles.fields}`} aria-label={t('report.fields')}>
            <KindField {...group} />
            <FactFields {...group} />
            <PlaceFields {...group} centre={centre} names={names} />
            <DetailFields {...group} />
          </section>
          <div className={styles.side}>
            <div className={`${styles.panel} ${styles.map}`}>
              <ObservationMap
                rows={NO_ROWS}
                centre={centre}
                names={names}
                selected={null}
                onSelect={() => undefined}
                draft={preview.where}
                onPick={(lat, lon) =>
                  report.edit({
                    place: 'point',
                    latLon: `${lat.toFixed(5)}, ${lon.toFixed(5)}`,
                    datum: 'wgs84',
                  })
                }
              />
            </div>
            <div className={styles.panel}>
              <EchoPanel lines={echo} />
            </div>
          </div>
        </div>
        <div className={styles.submit}>
          <Button variant="default" onClick={report.clear}>
            {t('report.clear')}
          </Button>
          <Button
            variant="default"
            disabled={!report.canRepeat}
            onClick={() => {
              report.repeatLast();
              toLine();
            }}
          >
            {t('report.repeat')} <Key name="repeat" />
          </Button>
          <span className={styles.space} />
          {report.tried && wrong > 0 && (
            <span className={styles.problem} role="alert">
              {t('report.notYet', { n: wrong })}
            </span>
          )}
          <Button onClick={report.readBack} data-testid="read-back-button">
            {t('report.readBack.open')} <Key name="readBack" />
          </Button>
        </div>
      </div>
      {phase.at === 'reading_back' && preview.told !== null && (
        <ReadBack
          told={preview.told}
          fields={fields}
          times={report.times}
          echo={echo}
          warnings={preview.warnings}
          names={names}
          zone={centre.zone}
          who={`${names.officer(acting.officer)}, ${names.contingent(acting.contingent)}`}
          correction={correction}
          onSend={report.send}
          onBack={() => {
            report.back();
            toLine();
          }}
        />
      )}
      {idle && <StillYou acting={acting} reporters={reporters} onAnswered={touched} />}
    </div>
  );
}

const NO_ROWS: readonly never[] = [];
