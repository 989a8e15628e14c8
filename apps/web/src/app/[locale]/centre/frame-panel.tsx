'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { useTranslations } from 'next-intl';
import { decimalDegrees } from '../../../format/numbers.ts';
import { Term } from '../../../help/term.tsx';
import { Panel } from './panel.tsx';
import { SourceList } from './source-list.tsx';
import styles from './centre.module.css';

/** What every report is judged by: zone, reporting day, declination, mission area; and the sources. */
export function FramePanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre');
  const { declinationMdeg, missionArea, cutOff, zone } = centre;
  const [west, south, east, north] = missionArea;
  return (
    <Panel area="frame" title={t('calendar.title')}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('calendar.zone')}</dt>
          <dd>{zone}</dd>
        </div>
        <div>
          <dt>
            {t('calendar.cutOff')}
            <Term id="cut_off" />
          </dt>
          <dd>{cutOff ?? <span className={styles.absent}>{t('noCutOff')}</span>}</dd>
        </div>
        <div>
          <dt>
            {t('calendar.declination')}
            <Term id="declination" />
          </dt>
          <dd>
            {declinationMdeg === null ? (
              <span className={styles.absent}>{t('calendar.noDeclination')}</span>
            ) : (
              t('calendar.declinationValue', {
                degrees: Math.abs(declinationMdeg / 1000),
                side: declinationMdeg < 0 ? t('calendar.west') : t('calendar.east'),
              })
            )}
          </dd>
        </div>
        <div>
          <dt>
            {t('calendar.missionArea')}
            <Term id="mission_area" />
          </dt>
          <dd>
            {t('calendar.box', {
              south: decimalDegrees(south),
              north: decimalDegrees(north),
              west: decimalDegrees(west),
              east: decimalDegrees(east),
            })}
          </dd>
        </div>
      </dl>
      <SourceList sources={centre.sources} />
    </Panel>
  );
}
