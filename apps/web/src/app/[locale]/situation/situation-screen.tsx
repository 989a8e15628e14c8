'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue } from 'react';
import { FilterBar } from '../../../filter/filter-bar.tsx';
import { SituationPlaces } from '../../../shell/shell-skeleton.tsx';
import { EmptyNotice } from './empty-notice.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { ExerciseStrip } from './exercise-strip.tsx';
import { FeedPanel } from './feed-panel.tsx';
import { Figures } from './figures.tsx';
import { HourWeekday } from './hour-weekday.tsx';
import { KindsChart } from './kinds-chart.tsx';
import { MapPanel } from './map-panel.tsx';
import { SectorsPanel } from './sectors-panel.tsx';
import { useSituation } from './use-situation.ts';
import { useBeforeWindow, WindowNotice } from './window-notice.tsx';
import styles from './situation.module.css';

/**
 * The situation: what an analyst watches. One answer of the server and the changes since feed every
 * figure here, so tiles, chart, sectors and list always agree; an update never touches what somebody
 * hovers, selects or types.
 */
export function SituationScreen() {
  const t = useTranslations();
  const view = useSituation();
  const { situation, since } = view;
  const before = useBeforeWindow(situation);
  // Two hundred cells, drawn in slices: an answer keeps no key waiting.
  const sliced = useDeferredValue(situation);
  // So is the whole screen at first: by then its question is on the way and the frame answers keys.
  const drawn = useDeferredValue(true, false);
  if (!drawn) return <SituationPlaces />;
  return (
    <div className={styles.screen}>
      <h1 className="heard">{t('situation.title')}</h1>
      <div>
        <FilterBar
          windows
          matching={situation?.matching ?? null}
          total={situation?.total ?? null}
        />
        <ErrorNotice view={view} />
        <ExerciseStrip />
        {before > 0 ? (
          <WindowNotice before={before} shown={situation?.matching ?? 0} />
        ) : (
          <EmptyNotice situation={situation} />
        )}
      </div>
      <Figures view={view} />
      <div className={styles.panels}>
        <KindsChart situation={situation} />
        <MapPanel situation={situation} since={since} />
        <FeedPanel since={since} />
        <HourWeekday situation={sliced} />
        <SectorsPanel situation={sliced} />
      </div>
    </div>
  );
}
