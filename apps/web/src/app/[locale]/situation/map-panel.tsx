'use client';

import type { Situation } from '@ceasewatch/domain/situation/situation';
import { useIsFetching } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useView } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import { ObservationMap } from '../../../map/observation-map.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { MAP_CAP } from './map-rows.ts';
import { PanelFailure } from './panel-failure.tsx';
import { useMapRows } from './use-map-rows.ts';
import styles from './situation.module.css';
import own from './map-panel.module.css';

/** Where it happened; what has no place is counted on the map, so that map and list never disagree. */
export function MapPanel({
  situation,
  since,
}: {
  readonly situation: Situation | null;
  readonly since: string | null;
}) {
  const words = useTranslations();
  const t = useTranslations('situation.map');
  const { setFilter, selected, select } = useView();
  const { centre, names } = useCentre();
  const { rows, capped, error, retry } = useMapRows(since);
  const [due, setDue] = useState(false);
  return (
    <section className={`${styles.panel} ${styles.map} ${styles.dim}`} aria-label={t('title')}>
      <div className={own.map}>
        {centre === null || !due ? (
          <p className={own.loading} role="status">
            {words('map.loading')}
            <UntilDue answered={since !== null} onDue={setDue} />
          </p>
        ) : (
          <ObservationMap
            rows={rows}
            centre={centre}
            names={names}
            selected={selected}
            onSelect={select}
          >
            {situation !== null && situation.withoutLocation > 0 && (
              <button
                type="button"
                className={own.without}
                onClick={() => setFilter((now) => ({ ...now, located: false }))}
              >
                {t('withoutLocation', { n: whole(situation.withoutLocation) })}
              </button>
            )}
            {error !== null && <PanelFailure error={error} onRetry={retry} />}
            {capped && <span className={own.capped}>{t('capped', { n: whole(MAP_CAP) })}</span>}
          </ObservationMap>
        )}
      </div>
    </section>
  );
}

const MOST_WAIT_MS = 3_000;

/**
 * Waits with the map until nothing is being asked any more, or for a while without answers. Its code and
 * its first drawing take the desk for as long as all the rest, and words and figures go first. A part of
 * its own, because whoever watches what is asked is told of every question.
 */
function UntilDue({
  answered,
  onDue,
}: {
  readonly answered: boolean;
  readonly onDue: (due: true) => void;
}) {
  const quiet = useIsFetching() === 0 && answered;
  useEffect(() => {
    const timer = setTimeout(() => onDue(true), quiet ? 0 : MOST_WAIT_MS);
    return () => clearTimeout(timer);
  }, [quiet, onDue]);
  return null;
}
