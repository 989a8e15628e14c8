'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useRef, useState } from 'react';
import { whole, wholeIn } from '../../../format/numbers.ts';
import { useKey } from '../../../shell/keys.ts';
import styles from './log.module.css';

/** `#`: to an event by its number, with or without `#` and commas; a number beyond the log says so. */
export function GoToEvent({
  last,
  onGo,
}: {
  readonly last: number;
  readonly onGo: (seq: number) => void;
}) {
  const t = useTranslations('log.place');
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  useKey('#', () => field.current?.focus());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const seq = wholeIn(field.current?.value ?? '');
    const known = seq !== null && seq <= last;
    setWrong(!known);
    if (!known) return;
    onGo(seq);
    if (field.current !== null) field.current.value = '';
  };
  return (
    <form className={`no-print ${styles.goTo}`} onSubmit={submit}>
      <label>
        <span>{t('goTo')}</span>
        <input
          ref={field}
          inputMode="numeric"
          autoComplete="off"
          placeholder={t('goToHelp')}
          aria-invalid={wrong}
          aria-describedby="log-go-to-wrong"
          onChange={() => setWrong(false)}
        />
      </label>
      <Button type="submit" variant="default" size="compact-sm">
        {t('go')}
      </Button>
      <span id="log-go-to-wrong" role="status" className={styles.wrong}>
        {wrong && t('beyond', { head: whole(last) })}
      </span>
    </form>
  );
}
