'use client';

import type { Warning } from '@ceasewatch/domain/refusal';
import { Button, Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { TimeRules } from '../../../format/entered-minute.ts';
import { clock, date, dtg } from '../../../format/instants.ts';
import type { Told } from '../../../format/sentence.ts';
import { occurred } from '../../../format/when.ts';
import { Key } from '../../../help/key.tsx';
import type { Names } from '../../../format/words.ts';
import type { CorrectionReason } from '@ceasewatch/domain/observation/vocabulary';
import type { Correction } from './correction.ts';
import { warningText } from '../../../format/codes.ts';
import type { EchoLine } from './echo.ts';
import type { ReportFields } from './report-fields.ts';
import { sentenceAsEntered, timeAsEntered } from './said-as-entered.ts';
import { CorrectionFields } from './correction-fields.tsx';
import type { CorrectionTold } from './use-report.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/**
 * The report read back before it is sent, as it would be read over the radio. Enter sends, Esc returns;
 * whatever is unusual is confirmed by itself first, with Space and never with Enter, so that a habit
 * confirms nothing. Why something is corrected is chosen, never only confirmed.
 */
export function ReadBack({
  told,
  fields,
  times,
  echo,
  warnings,
  names,
  zone,
  who,
  correction,
  onSend,
  onBack,
}: {
  readonly told: Told;
  readonly fields: ReportFields;
  readonly times: TimeRules;
  readonly echo: readonly EchoLine[];
  readonly warnings: readonly Warning[];
  readonly names: Names;
  readonly zone: string;
  /** Officer and contingent in words. */
  readonly who: string;
  readonly correction: Correction | undefined;
  onSend(told: CorrectionTold | null): void;
  onBack(): void;
}) {
  const t = useTranslations();
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState<CorrectionReason | null>(null);
  const [missed, setMissed] = useState(false);
  const [explanation, setExplanation] = useState('');
  const send = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const pick = useRef<HTMLSelectElement>(null);
  const open = warnings.filter((warning) => !confirmed.has(keyOf(warning)));
  useEffect(() => {
    if (open.length > 0) first.current?.focus();
    else if (pick.current?.value === '') pick.current.focus();
    else send.current?.focus();
  }, [open.length]);
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
        onKeyDown={(event) => {
          // The chord that opened it sends as well; held down it does not run on into sending.
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          if (!event.repeat) event.currentTarget.requestSubmit();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (open.length > 0) return;
          if (correction === undefined) onSend(null);
          else if (reason !== null) onSend({ reason, explanation: explanation.trim() });
          else {
            setMissed(true);
            pick.current?.focus();
          }
        }}
      >
        <p className={back.sentence}>{sentenceAsEntered(told, fields, t, names)}</p>
        <TimeRead told={told} fields={fields} times={times} />
        <EchoRead lines={echo} />
        {told.confidence !== undefined && <p>{t(`report.sure.${told.confidence}`)}</p>}
        {fields.narrative.trim() !== '' && (
          <p className={back.narrative} data-testid="narrative-read">
            {t('report.chip.narrative', { text: fields.narrative.trim() })}
          </p>
        )}
        <p>{t('report.readBack.by', { unit: names.unit(told.unit), who })}</p>
        {correction !== undefined && (
          <CorrectionFields
            told={told}
            correction={correction}
            telling={{ zone, words: t, names }}
            pick={pick}
            first={warnings.length === 0}
            reason={reason}
            missed={missed}
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
            {t('report.readBack.back')} <Key name="back" />
          </Button>
          <Button
            ref={send}
            onKeyUp={(event) => {
              // Space confirms what is unusual; one Space too many must not send.
              if (event.key === ' ') event.preventDefault();
            }}
            type="submit"
            disabled={open.length > 0}
            data-autofocus={warnings.length === 0 && correction === undefined ? true : undefined}
            data-testid="send"
          >
            {t('report.readBack.send')} <Key name="send" />
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The time as it was told, in the zone it was told in, then in the centre's and in UTC. */
function TimeRead({
  told,
  fields,
  times,
}: {
  readonly told: Told;
  readonly fields: ReportFields;
  readonly times: TimeRules;
}) {
  const t = useTranslations();
  const { zone } = times;
  const { at, doubt, ends } = timeAsEntered(told, fields, times);
  const zones = [...new Set([told.when.zone, zone, 'UTC'])];
  const groups = (ms: number) => zones.map((each) => dtgInOne(ms, each)).join(' · ');
  if (doubt === 0 && ends !== undefined) {
    return (
      <p>
        <strong>
          {clock(ends[0], told.when.zone)}–{clock(ends[1], told.when.zone)}
        </strong>{' '}
        · {date(ends[0], zone)} · {t('report.readBack.ends', spanOf(ends, told.when.zone))}
      </p>
    );
  }
  return (
    <div>
      <p>
        <strong>
          {doubt === 0
            ? occurred(told.when, told.when.zone, at, t)
            : `${clock(at, told.when.zone)} ${t('format.plusMinus', { minutes: doubt })}`}
        </strong>{' '}
        · {date(at, zone)} · {groups(at)}
      </p>
      {ends !== undefined && (
        <details className={back.ends}>
          <summary>{t('report.readBack.bothEnds')}</summary>
          {t('report.readBack.ends', spanOf(ends, told.when.zone))}
        </details>
      )}
    </div>
  );
}

function spanOf([from, to]: readonly [number, number], zone: string) {
  return { from: dtgInOne(from, zone), to: dtgInOne(to, zone) };
}

/** A date-time group is read as one word and never broken over two lines. */
function dtgInOne(ms: number, zone: string): string {
  return dtg(ms, zone).replaceAll(' ', '\u00a0');
}

const ECHOED: readonly EchoLine['about'][] = ['bearing', 'misread', 'grid', 'position', 'sector'];

/** After the observer's own convention the others', as the log will hold it. */
function EchoRead({ lines }: { readonly lines: readonly EchoLine[] }) {
  const t = useTranslations('report.echo');
  const shown = lines.filter(({ about }) => ECHOED.includes(about));
  if (shown.length === 0) return null;
  return (
    <dl className={back.echo} aria-label={t('title')}>
      {shown.map(({ about, text }) => (
        <div key={about}>
          <dt>{t(`about.${about}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function keyOf({ code, field }: Warning): string {
  return `${code} ${field}`;
}
