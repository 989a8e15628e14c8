'use client';

import { Refusal } from '@ceasewatch/domain/refusal';
import { parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { useAddress } from '../../../filter/use-address.ts';
import { dtg, instantOf, millis } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { changeAddress } from '../../../shell/change-address.ts';
import type { Finding } from './use-event-moment.ts';
import styles from './hindsight.module.css';

/** The moment that both questions are about, as a date-time group. */
export function MomentPick({
  zone,
  finding,
}: {
  readonly zone: string;
  readonly finding: Finding;
}) {
  const { until } = useAddress();
  const shown = until === null ? '' : dtg(millis(until), zone);
  return <MomentField key={`${shown} ${finding.state}`} shown={shown} finding={finding} />;
}

function MomentField({ shown, finding }: { readonly shown: string; readonly finding: Finding }) {
  const t = useTranslations('hindsight.moment');
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const until = untilOf(text.trim());
    setWrong(until === null);
    if (until !== null) ask(until);
  };
  return (
    <form className={styles.moment} onSubmit={submit}>
      <label>
        {t('label')}{' '}
        <input
          className={styles.field}
          value={text}
          placeholder={t('example')}
          aria-invalid={wrong}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setWrong(false);
          }}
        />
      </label>
      <button type="submit" className={styles.button}>
        {t('go')}
      </button>
      {shown !== '' && (
        <button type="button" className={styles.button} onClick={() => ask(null)}>
          {t('now')}
        </button>
      )}
      {wrong && <span role="alert">{t('invalid')}</span>}
      {finding.state === 'none' && <span role="alert">{t('none')}</span>}
      {finding.state === 'finding' && (
        <span role="status">{t('finding', { seq: whole(finding.seq) })}</span>
      )}
    </form>
  );
}

function ask(until: string | null): void {
  changeAddress((now) => {
    const next = new URLSearchParams(now);
    for (const key of ['sel', 'event', 'until']) next.delete(key);
    if (until !== null) next.set('until', until);
    return next;
  });
}

/** Null for what cannot be read as a time. */
function untilOf(text: string): string | null {
  try {
    return instantOf(parseDtg(text).ms);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
