'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { useTranslations } from 'next-intl';
import { ObservationMap } from '../../../map/observation-map.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { Panel } from './panel.tsx';
import styles from './centre.module.css';

/** Areas, the line and open units on the ground. Nothing can be chosen here; the tables say the same. */
export function MapPanel({ centre }: { readonly centre: CentreAnswer }) {
  const t = useTranslations('centre.areas');
  const { names } = useCentre();
  return (
    <Panel area="map" title={t('map')}>
      <div className={styles.map}>
        <ObservationMap
          rows={NO_ROWS}
          centre={centre}
          names={names}
          selected={null}
          onSelect={nothingToSelect}
        />
      </div>
    </Panel>
  );
}

const NO_ROWS: [] = [];

function nothingToSelect(): null {
  return null;
}
