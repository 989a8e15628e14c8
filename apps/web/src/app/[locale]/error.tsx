'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import styles from '../../shell/shell.module.css';

/** A screen that failed takes nobody else with it: the bar, the feed and what was recorded stay. */
export default function ScreenError({ error, reset }: { readonly error: Error; reset(): void }) {
  const t = useTranslations('shell');
  return (
    <div className={styles.failed} role="alert">
      <h1>{t('crashed')}</h1>
      <p>{t('crashedText', { message: error.message })}</p>
      <Button size="compact-md" variant="default" onClick={reset}>
        {t('again')}
      </Button>
    </div>
  );
}
