'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useAddress } from '../filter/use-address.ts';
import { dtg, zoneLetter } from '../format/instants.ts';
import { whole } from '../format/numbers.ts';
import { mineOf, useLiveValue } from '../live/use-live.ts';
import { useNow } from '../live/use-now.ts';
import { nameIn, useCentre } from './use-centre.ts';
import styles from './shell.module.css';

/** What a sheet of paper needs to be evidence: the centre, as of which event, the zone, EXERCISE. */
export function PrintHeader() {
  const t = useTranslations();
  const locale = useLocale();
  const { centre, zone } = useCentre();
  const mine = useLiveValue(mineOf);
  const { asOf } = useAddress();
  const now = useNow();
  if (centre === null || now === 0) return null;
  return (
    <div className={`only-print ${styles.printed}`}>
      {centre.exercise && <p className={styles.exercise}>{t('product.exercise')}</p>}
      <p>
        {t('product.name')} · {nameIn(centre.name, locale)}
      </p>
      <p>{t('shell.printAsOf', { seq: whole(asOf ?? mine), time: dtg(now, zone), zone })}</p>
      <p>{t('shell.printTimes', { letter: zoneLetter(zone, now), zone })}</p>
    </div>
  );
}
