'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import { PageBlank } from './page-blank.tsx';
import { SCREENS } from './screens.ts';
import frame from './shell.module.css';
import styles from './shell-skeleton.module.css';
import places from './situation-places.module.css';

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
        <i className={styles.search} />
      </header>
      <main className={frame.main} aria-busy="true">
        {isSituation ? <SituationPlaces /> : <PageBlank />}
      </main>
    </div>
  );
}

/** Also what stands in the frame while the situation itself is drawn. */
export function SituationPlaces() {
  const t = useTranslations('situation');
  const tiles = [
    t('clock.title'),
    t('figure.fireItems'),
    t('figure.heavyWeapons'),
    t('figure.casualties'),
    t('figure.lateReports'),
    t('figure.correctedReports'),
    t('figure.unitsSilent'),
  ];
  const panels = [
    [places.chart, t('chart.title')],
    [places.map, t('map.title')],
    [places.feed, t('feed.title')],
    [places.heat, t('heat.title')],
    [places.sectors, t('sectors.titleAll')],
  ] as const;
  return (
    <div className={styles.situation}>
      <div className={styles.filters}>
        <i />
        <i />
        <i />
        <i />
      </div>
      <div className={places.tiles}>
        {tiles.map((title) => (
          <div key={title} className={styles.tile}>
            <span>{title}</span>
            <i />
          </div>
        ))}
      </div>
      <div className={places.panels}>
        {panels.map(([place, title]) => (
          <div key={title} className={`${styles.panel} ${place}`}>
            <span>{title}</span>
            <i />
            <i />
            <i />
          </div>
        ))}
      </div>
    </div>
  );
}
