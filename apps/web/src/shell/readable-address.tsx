'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { saysMoment, unreadableIn, withoutUnreadable } from '../filter/unreadable.ts';
import { changeAddress } from './change-address.ts';
import styles from './shell.module.css';

/** A screen, or in its place what of its address cannot be read: it would show what nobody asked for. */
export function ReadableAddress({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('shell.unreadable');
  const names = unreadableIn(useSearchParams());
  if (names.length === 0) return children;
  return (
    <div className={styles.failed} role="alert">
      <h1>{t('title')}</h1>
      <p>{t('text', { n: names.length, names: names.join(', ') })}</p>
      <Button
        size="compact-md"
        variant="default"
        onClick={() => changeAddress(withoutUnreadable, 'push')}
      >
        {t(saysMoment(names) ? 'present' : 'without')}
      </Button>
    </div>
  );
}
