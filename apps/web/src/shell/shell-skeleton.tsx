'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import { SCREENS } from './screens.ts';
import frame from './shell.module.css';
import styles from './shell-skeleton.module.css';

/**
 * The frame before the page knows its address: what stands in the exported file. It has the places and
 * sizes of what comes, so that nothing moves when it does, and its tabs work already.
 */
export function ShellSkeleton() {
  const t = useTranslations();
  const locale = useLocale();
  const path = usePathname();
  const isSituation = path === `/${locale}` || path === `/${locale}/situation`;
  return (
    <div className={frame.shell}>
      <header className={frame.bar}>
        <span className={frame.product}>{t('product.name')}</span>
        <nav aria-label={t('shell.screens')} className={frame.tabs}>
          {SCREENS.map(({ name, path: own }) => (
            <a key={name} href={`/${locale}${own}`} className={frame.tab}>
              {t(`shell.${name}`)}
            </a>
          ))}
        </nav>
        <span className={frame.space} />
        <span className={styles.pill} role="status">
          {t('shell.loading')}
        </span>
      </header>
      <main className={frame.main} aria-busy="true">
        {isSituation ? <SituationPlaces /> : <PagePlaces />}
      </main>
    </div>
  );
}

const TILES = ['ceasefire', 'fire', 'heavy', 'casualties', 'late', 'corrected', 'silent'];

function SituationPlaces() {
  return (
    <div className={styles.situation} aria-hidden>
      <div className={styles.filters}>
        <i />
        <i />
        <i />
      </div>
      <div className={styles.tiles}>
        {TILES.map((tile) => (
          <i key={tile} />
        ))}
      </div>
      <div className={styles.panels}>
        {['chart', 'map', 'feed', 'heat', 'sectors'].map((panel) => (
          <i key={panel} data-panel={panel} />
        ))}
      </div>
    </div>
  );
}

function PagePlaces() {
  return (
    <div className={styles.page} aria-hidden>
      <i />
      <i />
    </div>
  );
}
