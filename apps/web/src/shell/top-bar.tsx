'use client';

import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { Icon } from '../glyphs/icon.tsx';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { MouseEvent } from 'react';
import { screenAddress } from '../filter/list-address.ts';
import { useAddress } from '../filter/use-address.ts';
import { Key } from '../help/key.tsx';
import { ConnectionPill } from './connection-pill.tsx';
import { holdKeys } from './held-keys.ts';
import { SCREENS } from './screens.ts';
import { SearchField } from './search-field.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { ShellClock } from './shell-clock.tsx';
import { useCentre } from './use-centre.ts';
import styles from './shell.module.css';

/** The bar of every screen: where one is, what time it is, whether the picture is live, how to report. */
export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  const t = useTranslations();
  const locale = useLocale();
  const { centre } = useCentre();
  return (
    <header className={styles.bar}>
      <Link href={`/${locale}/situation`} prefetch={false} className={styles.product}>
        {t('product.name')}
      </Link>
      {centre?.exercise === true && (
        <strong className={styles.exercise} title={t('shell.exerciseNote')}>
          {t('product.exercise')}
        </strong>
      )}
      <Tabs />
      <SearchField />
      <span className={styles.space} />
      <ShellClock />
      <ConnectionPill />
      <Link
        href={`/${locale}/report`}
        prefetch={false}
        className={styles.report}
        onClick={holdForReport}
      >
        <Icon name="plus" size={1} stroke={2.5} />
        <span>{t('shell.newReport')}</span> <Key name="report" />
      </Link>
      <ThemeSwitch />
      <SettingsMenu onHelp={onHelp} />
    </header>
  );
}

/** A new tab or window takes its own keys. */
function holdForReport({ ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  const here = !(ctrlKey || metaKey || shiftKey);
  if (here && !window.location.pathname.endsWith('/report')) holdKeys();
}

function Tabs() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const path = usePathname();
  const { asOf, until } = useAddress();
  return (
    <nav aria-label={t('screens')} className={styles.tabs}>
      {SCREENS.map((screen) => {
        const here =
          path === `/${locale}${screen.path}` ||
          (screen.name === 'situation' && path === `/${locale}`) ||
          (screen.name === 'replay' && path === `/${locale}/hindsight`);
        return (
          <Link
            key={screen.name}
            href={screenAddress(locale, screen, { asOf, until })}
            prefetch={false}
            className={styles.tab}
            aria-current={here ? 'page' : undefined}
          >
            {t(screen.name)}
          </Link>
        );
      })}
    </nav>
  );
}

/** Offers the other theme; the choice is kept on this device. */
function ThemeSwitch() {
  const t = useTranslations('shell');
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: true });
  return (
    <button
      type="button"
      className={`${styles.iconButton} ${styles.theme}`}
      aria-label={t('theme')}
      title={t('theme')}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      <Icon name={scheme === 'dark' ? 'sun' : 'moon'} size={1.125} />
    </button>
  );
}
