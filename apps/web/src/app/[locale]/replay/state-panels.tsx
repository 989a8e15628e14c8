'use client';

import { memo, useContext, useMemo } from 'react';
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
import { WhenSeen } from './when-seen.tsx';
import styles from './replay.module.css';

/** A canvas of a hundred bars costs as much as all figures and lists together. */
const CHART_MS = 500;

/**
 * The dashboard as it stood then: the panels of the situation, asked as of the moment by their own
 * questions. The chart follows twice a second, the map once: neither can be drawn twenty times; nor does
 * what is out of sight have to be.
 */
export const StatePanels = memo(function StatePanels({ drawn }: { readonly drawn: Moment }) {
  const view = useSituation();
  const { situation, since } = view;
  const charted = usePaced(situation, CHART_MS);
  const moment = useContext(MovingMoment);
  const listed = useMemo(() => ({ moment, since }), [moment, since]);
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
        <WhenSeen className={styles.feed} value={listed}>
          {(then) => (
            <MovingMoment value={then.moment}>
              <LinkedMoment value={drawn}>
                <FeedPanel since={then.since} pausesBy={null} />
              </LinkedMoment>
            </MovingMoment>
          )}
        </WhenSeen>
        <WhenSeen className={styles.heat} value={situation}>
          {(then) => <HourWeekday situation={then} />}
        </WhenSeen>
        <WhenSeen className={styles.sectors} value={situation}>
          {(then) => <SectorsPanel situation={then} />}
        </WhenSeen>
      </div>
    </div>
  );
});

/** Of all panels the dearest: it is drawn when its own moment moves, and not with the others. */
const MapThen = memo(function MapThen() {
  const { situation, since } = useSituation();
  return <MapPanel situation={situation} since={since} />;
});
