'use client';

import { useTranslations } from 'next-intl';
import { changeAddress } from '../../../shell/change-address.ts';
import styles from './hindsight.module.css';

/** Whose days and hours are counted: the centre's, or UTC; a link may name another one. */
export function ZonePick({ zone, ofCentre }: { readonly zone: string; readonly ofCentre: string }) {
  const t = useTranslations('hindsight');
  const zones = [...new Set([ofCentre, 'UTC', zone])];
  const choose = (chosen: string) =>
    changeAddress((now) => {
      const next = new URLSearchParams(now);
      next.delete('sel');
      if (chosen === ofCentre) next.delete('zone');
      else next.set('zone', chosen);
      return next;
    });
  return (
    <label className={styles.zone}>
      {t('zone')}{' '}
      <select
        className={styles.field}
        value={zone}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {zones.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}
