'use client';

import { IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { FormPick } from './form-pick.tsx';
import { useAddress } from './use-address.ts';

/** Fetched when it is opened. */
const OccurredForm = dynamic(
  () => import('./occurred-form.tsx').then((room) => room.OccurredForm),
  { ssr: false },
);

/** Asks a list for what occurred in a stretch of time; a screen with windows has those instead. */
export function OccurredPick() {
  const t = useTranslations('filter.occurred');
  const { filter, setFilter } = useAddress();
  const [opened, setOpened] = useState(false);
  const bounds = [filter.from, filter.to].filter((bound) => bound !== undefined).length;
  const label = (
    <>
      {t('title')}
      {bounds > 0 && <b>{bounds}</b>}
      <IconChevronDown size="0.875rem" aria-hidden />
    </>
  );
  return (
    <FormPick opened={opened} onOpened={setOpened} label={label} active={bounds > 0}>
      <OccurredForm
        onChosen={(span) => {
          setOpened(false);
          setFilter((now) => ({ ...now, from: span.from, to: span.to }));
        }}
      />
    </FormPick>
  );
}
