'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { type SyntheticEvent, useRef } from 'react';
import { listAddress, observationAddress } from '../filter/list-address.ts';
import { useAddress } from '../filter/use-address.ts';
import { wholeIn } from '../format/numbers.ts';
import { Key } from '../help/key.tsx';
import { useKey } from './keys.ts';
import styles from './shell.module.css';

/** `/`: a number goes to that observation, anything else searches the list. */
export function SearchField() {
  const t = useTranslations('shell');
  const router = useRouter();
  const locale = useLocale();
  const address = useAddress();
  const field = useRef<HTMLInputElement>(null);
  useKey('/', () => field.current?.focus());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    if (text === '') return;
    const number = wholeIn(text);
    if (number !== null) router.push(observationAddress(locale, number.toString(), address));
    else router.push(listAddress(locale, { q: text }, address));
  };
  return (
    <form role="search" className={styles.search} onSubmit={submit}>
      <input
        ref={field}
        type="search"
        enterKeyHint="search"
        placeholder={t('search')}
        aria-label={t('searchLabel')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Key name="search" />
    </form>
  );
}
