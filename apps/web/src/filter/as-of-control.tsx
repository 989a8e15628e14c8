'use client';

import { Popover } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { whole } from '../format/numbers.ts';
import { useKey } from '../shell/keys.ts';
import { useAddress } from './use-address.ts';
import styles from './filter-bar.module.css';

/** Fetched when it is opened. */
const AsOfForm = dynamic(() => import('./as-of-form.tsx').then((room) => room.AsOfForm), {
  ssr: false,
});

/** `t`: asks every screen for what was known after an event, or up to a time. */
export function AsOfControl() {
  const t = useTranslations('past');
  const { asOf, setAsOf } = useAddress();
  const [opened, setOpened] = useState(false);
  useKey('t', () => setOpened(true));
  const value = asOf === null ? t('now') : `#${whole(asOf)}`;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.pick}
          data-past={asOf !== null}
          onClick={() => setOpened(!opened)}
        >
          <IconHistory size="0.875rem" aria-hidden />
          {t('choose', { value })}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <AsOfForm
          onChosen={(seq) => {
            setOpened(false);
            setAsOf(seq);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
