'use client';

import { useLocale, useTranslations } from 'next-intl';
import { ApiProblem } from '../../../api/api-problem.ts';
import { TryNow } from '../../../shell/try-now.tsx';
import { nameIn, useCentre } from '../../../shell/use-centre.ts';
import { AgreedPanel } from './agreed-panel.tsx';
import { AreasPanel } from './areas-panel.tsx';
import { CeasefirePanel } from './ceasefire-panel.tsx';
import { ContingentsPanel } from './contingents-panel.tsx';
import { FramePanel } from './frame-panel.tsx';
import { GazetteerPanel } from './gazetteer-panel.tsx';
import { LogPanel } from './log-panel.tsx';
import { MapPanel } from './map-panel.tsx';
import { OfficersPanel } from './officers-panel.tsx';
import { UnitsPanel } from './units-panel.tsx';
import styles from './centre.module.css';

/**
 * What the centre is made of, as it stands or stood: both contingents and their strength, units, areas,
 * officers, the ceasefire with its sources, and the identity of the log that holds all of it.
 */
export function CentreScreen() {
  const t = useTranslations();
  const locale = useLocale();
  const { centre, settled, error, retry } = useCentre();
  if (centre === null || !settled) {
    return error === null ? (
      <Loading />
    ) : (
      <div role="alert" className={styles.failed}>
        <strong>{t('centre.error.title')}</strong>
        <p>{error instanceof ApiProblem ? t(`problem.${error.code}`) : error.message}</p>
        <TryNow onTry={retry} />
      </div>
    );
  }
  // A log before its founding has no contingents, and nothing else to show but itself.
  const founded = centre.contingents.length > 0;
  return (
    <div className={styles.screen}>
      <h1 className={styles.name}>
        {founded ? nameIn(centre.name, locale) : t('centre.empty.title')}
      </h1>
      {!founded && <p className={styles.note}>{t('centre.empty.text')}</p>}
      <div className={styles.panels}>
        <div className={styles.column}>
          {founded && (
            <>
              <ContingentsPanel centre={centre} />
              <UnitsPanel centre={centre} />
              <OfficersPanel centre={centre} />
              <AreasPanel centre={centre} />
              <GazetteerPanel centre={centre} />
            </>
          )}
        </div>
        <div className={styles.column}>
          {founded && <CeasefirePanel ceasefire={centre.ceasefire} />}
          <LogPanel centre={centre} />
          {founded && (
            <>
              <MapPanel centre={centre} />
              <FramePanel centre={centre} />
              <AgreedPanel centre={centre} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** As tall as what will stand there, so that nothing jumps. */
function Loading() {
  const t = useTranslations('centre');
  return (
    <div className={styles.screen} role="status" aria-label={t('loading')}>
      <div className={styles.panels}>
        {['left', 'right'].map((column) => (
          <div key={column} className={styles.column}>
            <div className={styles.skeleton} />
            <div className={styles.skeleton} />
          </div>
        ))}
      </div>
    </div>
  );
}
