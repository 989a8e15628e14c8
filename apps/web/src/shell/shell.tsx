'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import { useAddress } from '../filter/use-address.ts';
import { useSoundKeeper } from './chime.ts';
import { useKey, useKeyboard } from './keys.ts';
import { PastBanner } from './past-banner.tsx';
import { PrintHeader } from './print-header.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { TopBar } from './top-bar.tsx';
import { useActingOfficer } from './use-acting-officer.ts';
import { CentreContext, useCentre, useCentreKeeper, useCentreQuestion } from './use-centre.ts';
import { useScreenKeys } from './use-screen-keys.ts';
import styles from './shell.module.css';

/** Fetched when somebody asks for help. */
const HelpDialog = dynamic(() => import('./help-dialog.tsx').then((room) => room.HelpDialog), {
  ssr: false,
});

/** The frame that all screens share: top bar, banners of the past and of a lost connection, keys, help. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const view = useCentreQuestion();
  useCentreKeeper();
  return (
    <CentreContext value={view}>
      <Frame>{children}</Frame>
    </CentreContext>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations();
  const { asOf, setAsOf } = useAddress();
  const { centre } = useCentre();
  const [helping, setHelping] = useState(false);
  useActingOfficer();
  useKeyboard();
  useSoundKeeper();
  useScreenKeys();
  useKey('?', () => setHelping(true));
  useKey('Escape', () => {
    if (asOf !== null) setAsOf(null);
  });
  useExerciseTitle(centre?.exercise === true, t('product.exercise'));
  return (
    <div
      className={styles.shell}
      data-past={asOf !== null}
      data-exercise={centre?.exercise === true}
    >
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <TopBar onHelp={() => setHelping(true)} />
      <PrintHeader />
      <PastBanner />
      <StaleBanner />
      <main className={styles.main} id="content" tabIndex={-1}>
        {children}
      </main>
      {helping && <HelpDialog opened onClose={() => setHelping(false)} />}
    </div>
  );
}

const COUNTER = /^(\(\d+\) )?/;

/** The tab of an exercise says so too, behind a screen's counter; Next writes titles when it likes. */
function useExerciseTitle(exercise: boolean, mark: string): void {
  useEffect(() => {
    if (!exercise) return undefined;
    const put = () => {
      if (!document.title.includes(mark)) {
        document.title = document.title.replace(COUNTER, `$1${mark} · `);
      }
    };
    put();
    const observer = new MutationObserver(put);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [exercise, mark]);
}
