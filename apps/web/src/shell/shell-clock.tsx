'use client';

import { useTranslations } from 'next-intl';
import { clock, dtg } from '../format/instants.ts';
import { useNow } from '../live/use-now.ts';
import { useCentre } from './use-centre.ts';
import styles from './shell.module.css';

/** The centre's time as a date-time group in its zone, named, and UTC beside it. */
export function ShellClock() {
  const t = useTranslations('shell');
  const { zone } = useCentre();
  const now = useNow();
  return (
    <time className={styles.clock} suppressHydrationWarning>
      {now > 0 && (
        <>
          <span>{dtg(now, zone)}</span>
          <small>{zone}</small>
          <span>{t('utc', { time: clock(now, 'UTC').replace(':', '') })}</span>
        </>
      )}
    </time>
  );
}
