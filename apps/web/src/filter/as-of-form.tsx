'use client';

import { parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import { Button, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { getJson } from '../api/fetch-json.ts';
import { instantOf } from '../format/instants.ts';
import { whole, wholeIn } from '../format/numbers.ts';
import { headOf, useLiveValue } from '../live/use-live.ts';
import { asOfFault } from './as-of-fault.ts';
import { useAddress } from './use-address.ts';
import styles from './filter-bar.module.css';

/** Takes the number of an event, or a date-time group, and says what it cannot take. */
export function AsOfForm({ onChosen }: { onChosen(seq: number): void }) {
  const t = useTranslations();
  const { asOf } = useAddress();
  const head = useLiveValue(headOf);
  const [text, setText] = useState(asOf?.toString() ?? '');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      const seq = await seqOf(text.trim());
      if (seq === null) setError(t('past.none'));
      else if (head >= 0 && seq > head) setError(t('past.beyond', { head: whole(head) }));
      else onChosen(seq);
    } catch (fault) {
      setError(asOfFault(fault, t));
    }
  };
  return (
    <form className={styles.asOf} onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('past.title')}
        description={t('past.eventHelp')}
        placeholder={t('past.example', { head: Math.max(0, head) })}
        value={text}
        error={error}
        data-autofocus
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(null);
        }}
      />
      <Button type="submit" size="compact-md">
        {t('past.go')}
      </Button>
    </form>
  );
}

/** The event that a number or a date-time group means; null when nothing had been recorded by then. */
async function seqOf(text: string): Promise<number | null> {
  const number = wholeIn(text);
  if (number !== null) return number;
  const { ms } = parseDtg(text);
  const search = new URLSearchParams({ asOf: instantOf(ms) });
  const answer = await getJson<{ readonly asOf: number }>('/api/centre', { search });
  return answer.asOf < 0 ? null : answer.asOf;
}
