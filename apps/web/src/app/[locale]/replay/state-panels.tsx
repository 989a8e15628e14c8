'use client';

import { memo } from 'react';
import { usePaced } from './use-paced.ts';
import { LinkedMoment, type Moment, MovingMoment } from '../../../filter/moment.ts';
import { FilterBar } from '../../../filter/filter-bar.tsx';
import { ErrorNotice } from '../situation/error-notice.tsx';
import { FeedPanel } from '../situation/feed-panel.tsx';
import { Figures } from '../situation/figures.tsx';
import { HourWeekday } from '../situation/hour-weekday.tsx';
import { KindsChart } from '../situation/kinds-chart.tsx';
import { MapPanel } from '../situation/map-panel.tsx';
import { SectorsPanel } from '../situation/sectors-panel.tsx';
import { useSituation } from '../situation/use-situation.ts';
import styles from './replay.module.css';

/** A canvas of a hundred bars costs as much as all figures and lists together. */
const CHART_MS = 500;

/**
 * The dashboard as it stood then: the panels of the situation, asked as of the moment by their own
 * questions. The chart follows twice a second, the map once: neither can be drawn twenty times.
 */
export const StatePanels = memo(function StatePanels({ drawn }: { readonly drawn: Moment }) {
  const view = useSituation();
  const { situation, since } = view;
  const charted = usePaced(situation, CHART_MS);
  return (
    <div className={styles.state} data-testid="state" data-seq={situation?.seq}>
      <FilterBar windows matching={situation?.matching ?? null} total={situation?.total ?? null} />
      <ErrorNotice view={view} />
      <div className={styles.figures}>
        <Figures view={view} />
      </div>
      <div className={styles.panels}>
        <div className={styles.chart}>
          <KindsChart situation={charted} />
        </div>
        <div className={styles.map}>
          <MovingMoment value={drawn}>
            <MapThen />
          </MovingMoment>
        </div>
        <div className={styles.feed}>
          <LinkedMoment value={drawn}>
            <FeedPanel since={since} pausesBy={null} />
          </LinkedMoment>
        </div>
        <div className={styles.heat}>
          <HourWeekday situation={situation} />
        </div>
        <div className={styles.sectors}>
          <SectorsPanel situation={situation} />
        </div>
      </div>
    </div>
  );
});

/** Of all panels the dearest: it is drawn when its own moment moves, and not with the others. */
const MapThen = memo(function MapThen() {
  const { situation, since } = useSituation();
  return <MapPanel situation={situation} since={since} />;
});
