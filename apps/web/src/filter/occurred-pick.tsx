'use client';

import { useTranslations } from 'next-intl';
import { SpanPick } from './span-pick.tsx';
import { useView } from './use-address.ts';

/** Asks a list for what occurred in a stretch of time; a screen with windows has those instead. */
export function OccurredPick() {
  const t = useTranslations('filter.occurred');
  const { filter, setFilter } = useView();
  return (
    <SpanPick
      title={t('title')}
      fromLabel={t('from')}
      span={filter}
      onChosen={({ from, to }) => setFilter((now) => ({ ...now, from, to }))}
    />
  );
}
