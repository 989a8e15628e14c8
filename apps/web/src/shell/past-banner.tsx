'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useAddress } from '../filter/use-address.ts';
import { dtg, millis } from '../format/instants.ts';
import { whole } from '../format/numbers.ts';
import { Key } from '../help/key.tsx';
import { mineOf, useLiveValue } from '../live/use-live.ts';
import { useCentre } from './use-centre.ts';
import styles from './shell.module.css';

/** The past is never mistaken for now: an amber frame, what is shown, how much came since, the way back. */
export function PastBanner() {
  const t = useTranslations();
  const { asOf, until, past, setAsOf } = useAddress();
  const { zone } = useCentre();
  const mine = useLiveValue(mineOf);
  if (!past) return null;
  const newer = asOf === null ? 0 : Math.max(0, mine - asOf);
  return (
    <div className={styles.past} role="status">
      {asOf !== null && <span>{t('past.viewing', { seq: whole(asOf) })}</span>}
      {until !== null && (
        <span>
          {t('past.until', { time: dtg(millis(until), zone), known: `${asOf !== null}` })}
        </span>
      )}
      {newer > 0 && <span className={styles.newer}>{t('past.newer', { n: whole(newer) })}</span>}
      <Button
        className="no-print"
        size="compact-sm"
        variant="default"
        onClick={() => setAsOf(null)}
      >
        {t('past.return')} <Key name="escape" />
      </Button>
    </div>
  );
}
