'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { useAddress } from '../filter/use-address.ts';
import { SeriousBanner } from '../serious/serious-banner.tsx';
import { countOf } from '../serious/unseen-events.ts';
import { useUnseenEvents } from '../serious/use-unseen-events.ts';
import { useSoundKeeper } from './chime.ts';
import { useKey, useKeyboard } from './keys.ts';
import { PastBanner } from './past-banner.tsx';
import { PrintHeader } from './print-header.tsx';
import { ReadableAddress } from './readable-address.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { TopBar } from './top-bar.tsx';
import { useActingOfficer } from './use-acting-officer.ts';
import { CentreContext, useCentre, useCentreKeeper, useCentreQuestion } from './use-centre.ts';
import { useScreenKeys } from './use-screen-keys.ts';
import { useTabTitle } from './use-tab-title.ts';
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
  const { past, setAsOf } = useAddress();
  const { centre } = useCentre();
  const [helping, setHelping] = useState(false);
  useActingOfficer();
  useKeyboard();
  useSoundKeeper();
  useScreenKeys();
  useKey('?', () => setHelping(true));
  useKey('Escape', () => {
    if (past) setAsOf(null);
  });
  const [unseen, seen] = useUnseenEvents();
  useTabTitle(centre?.exercise === true, countOf(unseen));
  return (
    <div className={styles.shell} data-past={past} data-exercise={centre?.exercise === true}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <TopBar onHelp={() => setHelping(true)} />
      <PrintHeader />
      <PastBanner />
      <StaleBanner />
      <SeriousBanner unseen={unseen} onSeen={seen} />
      <main className={styles.main} id="content" tabIndex={-1}>
        <ReadableAddress>{children}</ReadableAddress>
      </main>
      {helping && <HelpDialog opened onClose={() => setHelping(false)} />}
    </div>
  );
}
