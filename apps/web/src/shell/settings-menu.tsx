'use client';

import { Popover } from '@mantine/core';
import { Icon } from '../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import shell from './shell.module.css';

/** Its controls are fetched when it is opened: nobody waits for them with the first page. */
const SettingsPanel = dynamic(
  () => import('./settings-panel.tsx').then((room) => room.SettingsPanel),
  { ssr: false },
);

/** The corner of the bar for what is chosen once a shift. */
export function SettingsMenu({ onHelp }: { readonly onHelp: () => void }) {
  const t = useTranslations('shell');
  return (
    <Popover position="bottom-end" withArrow shadow="md">
      <Popover.Target>
        <button type="button" className={shell.iconButton} aria-label={t('menu')} title={t('menu')}>
          <Icon name="menu-2" size={1.125} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <SettingsPanel onHelp={onHelp} />
      </Popover.Dropdown>
    </Popover>
  );
}
