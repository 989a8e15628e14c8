'use client';

import { Icon } from '../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { memo, useState } from 'react';
import { whole } from '../format/numbers.ts';
import { useKey } from '../shell/keys.ts';
import { FormPick } from './form-pick.tsx';
import { useAddress } from './use-address.ts';

/** Fetched when it is opened. */
const AsOfForm = dynamic(() => import('./as-of-form.tsx').then((room) => room.AsOfForm), {
  ssr: false,
});

/** `t`: asks every screen for what was known after an event, or up to a time. */
export const AsOfControl = memo(function AsOfControl() {
  const t = useTranslations('past');
  const { asOf, past, setMoment } = useAddress();
  const [opened, setOpened] = useState(false);
  useKey('t', () => setOpened(true));
  const value = asOf === null ? t(past ? 'bounded' : 'now') : `#${whole(asOf)}`;
  const label = (
    <>
      <Icon name="history" size={0.875} />
      {t('choose', { value })}
    </>
  );
  return (
    <FormPick opened={opened} onOpened={setOpened} label={label} past={past}>
      <AsOfForm
        onChosen={(moment) => {
          setOpened(false);
          setMoment(moment);
        }}
      />
    </FormPick>
  );
});
