'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { askFailedAgain } from '../api/queries.ts';
import { age } from '../format/quantities.ts';
import { connectionOf } from '../live/connection.ts';
import { useDeviceNow } from '../live/use-now.ts';
import { useLive, useLiveFeed } from '../live/use-live.ts';
import { useAddress } from '../filter/use-address.ts';
import { TryNow } from './try-now.tsx';
import styles from './shell.module.css';

const LOST_MS = 60_000;
const BANNERS = {
  node: 'staleBanner',
  store: 'staleStoreBanner',
  back: 'catchingUpBanner',
} as const;

/** A picture over 15 s old says how old it is; a connection lost for a minute is announced at once. */
export function StaleBanner() {
  const t = useTranslations();
  const feed = useLiveFeed();
  const view = useLive();
  const now = useDeviceNow();
  const { asOf } = useAddress();
  const { state, stale, lost: what, ageMs } = connectionOf(view, now, asOf !== null);
  const lost = stale && what === 'node' && ageMs > LOST_MS;
  const queries = useQueryClient();
  const retry = () => {
    feed.retryNow();
    // What could not be asked meanwhile is asked with it.
    void askFailedAgain(queries);
  };
  useEffect(() => {
    document.documentElement.dataset['stale'] = stale.toString();
  }, [stale]);
  return (
    <>
      <Announcement lost={lost} />
      {stale && (
        <div className={styles.stale}>
          <span>
            {t(`live.${BANNERS[what === 'store' && state === 'catching_up' ? 'back' : what]}`, {
              age: age(ageMs, t),
            })}
          </span>
          {what === 'node' && <TryNow onTry={retry} />}
        </div>
      )}
    </>
  );
}

/** Assertive, because nothing else on the screen is true any more; said once, and once when it is over. */
function Announcement({ lost }: { readonly lost: boolean }) {
  const t = useTranslations('live');
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (lost) setWasLost(true);
  }, [lost]);
  return (
    <p className="heard" role="alert">
      {lost ? t('lost') : wasLost ? t('back') : ''}
    </p>
  );
}
