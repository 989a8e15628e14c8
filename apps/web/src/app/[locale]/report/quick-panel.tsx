'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import { clock, date, millis, zoneLetter } from '../../../format/instants.ts';
import type { Words } from '../../../format/words.ts';
import { Key } from '../../../help/key.tsx';
import { CodeSheet } from './code-sheet.tsx';
import { MEANS_CODES } from './kind-codes.ts';
import type { QuickToken } from './quick-line.ts';
import type { ReportFields } from './report-fields.ts';
import type { ReportView } from './use-report.ts';
import styles from './report.module.css';

/** The first line of the form: everything can be said here, and is shown as it was understood at once. */
export function QuickPanel({
  report,
  zone,
  input,
}: {
  readonly report: ReportView;
  readonly zone: string;
  readonly input: RefObject<HTMLInputElement | null>;
}) {
  const t = useTranslations();
  const [codes, setCodes] = useState(false);
  return (
    <section className={styles.panel} aria-labelledby="quick-label">
      <div className={styles.quickHead}>
        <label id="quick-label" className={styles.heading} htmlFor="quick-line">
          {t('report.quick')}
        </label>
        <button
          type="button"
          className={styles.codesButton}
          aria-expanded={codes}
          aria-controls="quick-codes"
          onClick={() => {
            setCodes(!codes);
            input.current?.focus();
          }}
        >
          {t('report.codes.show')} <Key name="codes" />
        </button>
      </div>
      <p className={styles.hint} id="quick-hint">
        {t('report.quickHint')}
      </p>
      <input
        ref={input}
        id="quick-line"
        className={styles.quick}
        value={report.line}
        onChange={(event) => report.setLine(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === '/' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            return setCodes(!codes);
          }
          if (event.key !== 'ArrowUp' || !report.canRepeat) return;
          event.preventDefault();
          report.repeatLast();
        }}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
        aria-describedby="quick-hint quick-understood"
        data-testid="quick-line"
      />
      <ul className={styles.tokens} id="quick-understood" aria-live="polite">
        {report.quick.tokens.map((token, at) => (
          <li key={`${at} ${token.text}`} data-problem={token.problem !== undefined}>
            {chipText(token, report, zone, t)}
          </li>
        ))}
        {report.quick.fields.narrative !== undefined && (
          <li data-narrative>
            {t('report.chip.narrative', { text: shortened(report.quick.fields.narrative) })}
          </li>
        )}
        {report.quick.unread.length > 0 && (
          <li data-unread>
            {t('report.chip.unread', { codes: shortened(report.quick.unread.join(' ')) })}
          </li>
        )}
      </ul>
      {codes && <CodeSheet id="quick-codes" />}
    </section>
  );
}

function chipText(
  token: QuickToken,
  { quick, preview, fields }: ReportView,
  zone: string,
  t: Words,
): string {
  const { text, problem, fields: names } = token;
  if (problem !== undefined) return t(`report.token.${problem}`, { text });
  const said = quick.fields;
  const [name] = names;
  if (name === 'kind' && said.kind !== undefined && said.kind !== null)
    return t(`words.kind.${said.kind}`);
  if (name === 'explosion' && said.explosion !== undefined && said.explosion !== null) {
    return t(`words.explosion.${said.explosion}`);
  }
  if (name === 'weapon' && said.weapon !== undefined && said.weapon !== null)
    return t(`words.weapon.${said.weapon}`);
  if (name === 'confidence' && said.confidence !== undefined && said.confidence !== null) {
    return t('report.chip.confidence', { level: t(`words.confidence.${said.confidence}`) });
  }
  if (name === 'means') {
    const means = MEANS_CODES[text.toLowerCase()];
    return means === undefined ? text : t(`words.means.${means}`);
  }
  if (name === 'time' && preview.when !== null)
    return timeChip(fields, millis(preview.when.from), zone, t);
  return t(`report.chip.${isPlain(name) ? name : 'other'}`, { text: text.replace(/^[bdl]/i, '') });
}

/** The date is always said: a clock time alone may have been yesterday's. */
function timeChip(fields: ReportFields, from: number, zone: string, t: Words): string {
  const minutes = fields.timeError === '' ? 0 : Number(fields.timeError);
  const ms = from + minutes * 60_000;
  const text = `${clock(ms, zone)} ${zoneLetter(zone, ms)} · ${date(ms, zone)}`;
  return minutes > 0 ? `${text} ${t('format.plusMinus', { minutes })}` : text;
}

const PLAIN = [
  'count',
  'countHow',
  'bearing',
  'range',
  'flashToBang',
  'latLon',
  'mgrs',
  'errorM',
  'stretch',
] as const;

function isPlain(name: string | undefined): name is (typeof PLAIN)[number] {
  return name !== undefined && (PLAIN as readonly string[]).includes(name);
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
