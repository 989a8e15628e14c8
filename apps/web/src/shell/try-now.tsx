'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';

/** Beside everything that could not be asked: the way to ask it at once. */
export function TryNow({ onTry }: { readonly onTry: () => void }) {
  const t = useTranslations('shell');
  return (
    <Button className="no-print" size="compact-sm" variant="default" onClick={onTry}>
      {t('tryNow')}
    </Button>
  );
}
