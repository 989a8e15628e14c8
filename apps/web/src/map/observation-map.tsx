'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import type { Where } from '@ceasewatch/domain/measure/where';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { Icon } from '../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { whole } from '../format/numbers.ts';
import type { Names, Words } from '../format/words.ts';
import { usePrinting } from '../theme/use-printing.ts';
import { type Extent, missionExtent, rowPoint, within } from './map-data.ts';
import { MapCard } from './map-card.tsx';
import { MapLegend } from './map-legend.tsx';
import { MapList } from './map-list.tsx';
import { ScaleBar } from './scale-bar.tsx';
import { StaticMap } from './static-map.tsx';
import { useLiveMap } from './use-live-map.ts';
import styles from './map.module.css';

/**
 * The map: where it happened, as vague as it was told. Signs by display group, clusters with their
 * number, rings and rays near enough or selected, sectors, the line, units. It asks nothing of anybody
 * outside; without WebGL2 it is a still picture of the same data, and the list is there for those who
 * use no map at all. Selecting a row marks it here, and the other way round.
 */
export interface ObservationMapProps {
  readonly rows: readonly ObservationRow[];
  readonly centre: CentreAnswer;
  readonly names: Names;
  readonly selected: string | null;
  onSelect(id: string | null): void;
  readonly onBounds?: (extent: Extent) => void;
  /** Entry of a place: what is entered so far, and what a click on the ground means. */
  readonly draft?: Where | null;
  readonly onPick?: (lat: number, lon: number) => void;
  /** Chips of the screen, put into the upper corner. */
  readonly children?: ReactNode;
}

export function ObservationMap(props: ObservationMapProps) {
  const {
    rows,
    centre,
    names,
    selected,
    onSelect,
    onBounds,
    draft = null,
    onPick,
    children,
  } = props;
  const t = useTranslations();
  const container = useRef<HTMLDivElement>(null);
  const [extent, setExtent] = useState<Extent>(() => missionExtent(centre));
  const [listed, setListed] = useState<ListedRows>(null);
  const printing = usePrinting();
  const map = useLiveMap(container, {
    rows,
    centre,
    names,
    selected,
    draft,
    title: t(onPick === undefined ? 'map.title' : 'map.pickTitle'),
    onSelect: (id) => {
      if (onPick === undefined) onSelect(id);
    },
    onStacked: (ids) => setListed(new Set(ids)),
    onClick: (lat, lon) => onPick?.(lat, lon),
    onBounds: (next) => {
      setExtent(next);
      onBounds?.(next);
    },
  });
  const listRows = useListed(rows, listed, extent);
  const chosen = selected === null ? undefined : rows.find(({ id }) => id === selected);
  const still = map.state === 'static' || printing;
  return (
    <div className={styles.frame} data-state={map.state} data-picking={onPick !== undefined}>
      <div className={styles.map} ref={container} hidden={still} data-testid="map" />
      {still && (
        <StaticMap
          rows={rows}
          centre={centre}
          names={names}
          selected={selected}
          draft={draft}
          title={t('map.title')}
        />
      )}
      {map.state === 'loading' && !still && (
        <p className={styles.loading} role="status">
          {t('map.loading')}
        </p>
      )}
      <div className={styles.chips}>{children}</div>
      {!still && (
        <div className={`${styles.controls} no-print`} role="group" aria-label={t('map.controls')}>
          <Control
            label={t('map.zoomIn')}
            onClick={() => map.zoomBy(1)}
            icon={<Icon name="plus" size={1} />}
          />
          <Control
            label={t('map.zoomOut')}
            onClick={() => map.zoomBy(-1)}
            icon={<Icon name="minus" size={1} />}
          />
          <Control
            label={t('map.home')}
            onClick={map.home}
            icon={<Icon name="focus-centered" size={1} />}
          />
          {rows.length > 0 && (
            <Control
              label={t('map.list')}
              pressed={listed !== null}
              onClick={() => setListed(listed === null ? 'in_sight' : null)}
              icon={<Icon name="list" size={1} />}
            />
          )}
        </div>
      )}
      <div className={styles.foot}>
        {rows.length > 0 && <MapLegend />}
        <span className={styles.space} />
        {!still && (
          <ScaleBar metresPerPixel={map.metresPerPixel} label={(metres) => scaleLabel(metres, t)} />
        )}
        <small className={styles.credit}>
          {t(centre.exercise ? 'map.creditExercise' : 'map.credit')}
        </small>
      </div>
      {map.state === 'static' && <p className={styles.note}>{t('map.noWebgl')}</p>}
      {listed !== null && (
        <MapList
          rows={listRows}
          names={names}
          zone={centre.zone}
          selected={selected}
          onSelect={onSelect}
          onClose={() => setListed(null)}
        />
      )}
      {listed === null && chosen !== undefined && onPick === undefined && (
        <MapCard row={chosen} names={names} zone={centre.zone} onClose={() => onSelect(null)} />
      )}
    </div>
  );
}

/** A scale is a round number: `20 km`, not `20.0 km`. */
function scaleLabel(metres: number, words: Words): string {
  if (metres < 1000) return words('format.metres', { metres: whole(metres) });
  return words('format.kilometres', { kilometres: whole(metres / 1000) });
}

/** The list is closed, shows what is in sight, or the rows of one spot. */
type ListedRows = ReadonlySet<string> | 'in_sight' | null;

function useListed(
  rows: readonly ObservationRow[],
  listed: ListedRows,
  extent: Extent,
): readonly ObservationRow[] {
  return useMemo(() => {
    if (listed === null) return [];
    return rows.filter((row) => {
      if (listed !== 'in_sight') return listed.has(row.id);
      const point = rowPoint(row);
      return point !== undefined && within(extent, point);
    });
  }, [rows, listed, extent]);
}

function Control({
  label,
  icon,
  onClick,
  pressed,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  onClick(): void;
}) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
      {icon}
    </button>
  );
}
