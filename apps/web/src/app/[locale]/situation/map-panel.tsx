'use client';

import type { Situation } from '@ceasewatch/domain/situation/situation';
import { useTranslations } from 'next-intl';
import { useAddress } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import styles from './situation.module.css';
import own from './map-panel.module.css';

/** Where it happened; what has no place is counted on the map, so that map and list never disagree. */
export function MapPanel({ situation }: { readonly situation: Situation | null }) {
  const t = useTranslations('situation.map');
  const { filter, setFilter } = useAddress();
  return (
    <section className={`${styles.panel} ${styles.map} ${styles.dim}`} aria-label={t('title')}>
      <div className={own.map} />
      {situation !== null && situation.withoutLocation > 0 && (
        <button type="button" className={own.without} onClick={() => setFilter({ ...filter, located: false })}>
          {t('withoutLocation', { n: whole(situation.withoutLocation) })}
        </button>
      )}
    </section>
  );
}
