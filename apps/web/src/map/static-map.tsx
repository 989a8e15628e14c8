'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { Where } from '@ceasewatch/domain/measure/where';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { Feature, FeatureCollection } from 'geojson';
import { useLocale } from 'next-intl';
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
import type { Names } from '../format/words.ts';
import { GLYPHS } from '../glyphs/kind-glyph.tsx';
import { type Basemap, loadBasemap } from './basemap.ts';
import {
  areaFeatures,
  type Extent,
  groundOf,
  homeExtent,
  missionExtent,
  padded,
  placeFeatures,
  rowPoint,
  type RowPoint,
  rowShapes,
  unitFeatures,
} from './map-data.ts';
import { fitMercator, type Project, svgPath } from './mercator.ts';
import { placeShapes } from './place-shapes.ts';
import styles from './static-map.module.css';

/**
 * The map as one still picture, from the same data: for browsers without WebGL2, for paper, and for a
 * single record, where nothing moves. Rings and rays are drawn when there are few rows.
 */
const ON_PAPER = { wide: 640, high: 480 };
const FEW = 40;

export interface StaticMapProps {
  readonly rows: readonly ObservationRow[];
  readonly centre: CentreAnswer;
  readonly names: Names;
  readonly selected: string | null;
  readonly draft?: Where | null;
  readonly title: string;
  /** Shows this instead of the mission area. */
  readonly extent?: Extent;
}

export function StaticMap({
  rows,
  centre,
  names,
  selected,
  draft = null,
  title,
  extent,
}: StaticMapProps) {
  const points = rows.map(rowPoint).filter((point) => point !== undefined);
  const home = extent ?? padded(homeExtent(missionExtent(centre), points), 0.04);
  const [{ wide, high }, measured] = useOwnSize();
  const project = useProject(home, wide, high);
  const ground = groundOf(centre);
  const drawn = rows.filter(({ id }) => rows.length <= FEW || id === selected);
  const shapes = rowShapes(drawn, ground).features;
  const drafts = draft === null ? [] : placeShapes(draft, ground);
  const resolved = draft === null ? undefined : resolvedOf(draft);
  return (
    <svg
      ref={measured}
      className={styles.map}
      viewBox={`0 0 ${wide} ${high}`}
      role="img"
      aria-label={title}
      preserveAspectRatio="xMidYMid meet"
    >
      <GroundPicture centre={centre} names={names} project={project} wide={wide} high={high} />
      {shapes.map((shape, at) => (
        <path
          key={at}
          className={styles.shape}
          data-part={shape.properties?.['part']}
          data-group={shape.properties?.['group']}
          d={svgPath(shape.geometry, project)}
        />
      ))}
      {points.map(({ properties: { id, ...sign }, geometry }) => {
        const [x, y] = project(geometry.coordinates);
        return <Sign key={id} x={x} y={y} {...sign} selected={id === selected} />;
      })}
      {drafts.map((shape, at) => (
        <path
          key={at}
          className={styles.draft}
          data-part={shape.properties.part}
          d={svgPath(shape.geometry, project)}
        />
      ))}
      {resolved !== undefined && (
        <circle className={styles.draftPoint} r="5" {...centreOf(project, resolved)} />
      )}
    </svg>
  );
}

/** What lies under the signs: it stays while they come and go. */
const GroundPicture = memo(function GroundPicture({
  centre,
  names,
  project,
  wide,
  high,
}: Pick<StaticMapProps, 'centre' | 'names'> & {
  readonly project: Project;
  readonly wide: number;
  readonly high: number;
}) {
  const locale = useLocale();
  const basemap = useBasemap(centre.exercise);
  return (
    <>
      <rect className={styles.ground} width={wide} height={high} data-sea={basemap !== null} />
      {basemap !== null && (
        <>
          <Shapes of={basemap.land} className={styles.land} project={project} />
          <Shapes of={basemap.water} className={styles.water} project={project} />
          <Shapes of={basemap.border} className={styles.border} project={project} />
        </>
      )}
      {areaFeatures(centre, names.area).features.map((area, at) => (
        <path
          key={at}
          className={styles.area}
          data-kind={area.properties?.['kind']}
          d={svgPath(area.geometry, project)}
        />
      ))}
      <Labels of={placeFeatures(centre, locale)} project={project} />
      {unitFeatures(centre).features.map((unit, at) => (
        <UnitSign key={at} unit={unit} project={project} />
      ))}
    </>
  );
});

/** The same one for as long as it shows the same, so that what was drawn with it stays. */
function useProject([west, south, east, north]: Extent, wide: number, high: number): Project {
  return useMemo(
    () => fitMercator([west, south, east, north], wide, high),
    [west, south, east, north, wide, high],
  );
}

/** A pixel of the picture is one of the screen, however small its frame: its names stay readable. */
function useOwnSize() {
  const [size, setSize] = useState(ON_PAPER);
  const measured = useCallback((picture: SVGSVGElement | null) => {
    if (picture === null) return;
    const watcher = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width > 0 && height > 0) setSize({ wide: width, high: height });
    });
    watcher.observe(picture);
    return () => watcher.disconnect();
  }, []);
  return [size, measured] as const;
}

function useBasemap(exercise: boolean): Basemap | null {
  const [basemap, setBasemap] = useState<Basemap | null>(null);
  useEffect(() => {
    if (exercise) return;
    // Without its ground the picture still shows where things lie to each other.
    void loadBasemap('region').then(setBasemap, () => setBasemap(null));
  }, [exercise]);
  return basemap;
}

function Shapes({
  of,
  className,
  project,
}: {
  readonly of: Feature | FeatureCollection;
  readonly className: string | undefined;
  readonly project: Project;
}) {
  const features = of.type === 'Feature' ? [of] : of.features;
  return features.map((feature, at) => (
    <path key={at} className={className} d={svgPath(feature.geometry, project)} />
  ));
}

function Labels({ of, project }: { readonly of: FeatureCollection; readonly project: Project }) {
  return of.features.map((feature, at) => {
    if (feature.geometry.type !== 'Point') return null;
    const [x, y] = project(feature.geometry.coordinates);
    return (
      <g key={at} className={styles.place}>
        <circle cx={x} cy={y} r="1.8" />
        <text x={x + 5} y={y + 3.5}>
          {feature.properties?.['name']}
        </text>
      </g>
    );
  });
}

function UnitSign({ unit, project }: { readonly unit: Feature; readonly project: Project }) {
  if (unit.geometry.type !== 'Point') return null;
  const [x, y] = project(unit.geometry.coordinates);
  const sign: unknown = unit.properties?.['sign'];
  return (
    <g className={styles.unit}>
      {sign !== 'circle' && <rect x={x - 4} y={y - 4} width="8" height="8" />}
      {sign !== 'square' && <circle cx={x} cy={y} r={sign === 'joint' ? 2.4 : 4.4} />}
    </g>
  );
}

/**
 * Its place is in its path: were it moved there, the browser would keep two thousand places beside the
 * pictures, and go through them at every frame of the page.
 */
const Sign = memo(function Sign({
  x,
  y,
  group,
  vague,
  retracted,
  selected,
}: Omit<RowPoint['properties'], 'id'> & {
  readonly x: number;
  readonly y: number;
  readonly selected: boolean;
}) {
  const glyph = Object.entries(GLYPHS).find(([name]) => name === group)?.[1];
  if (glyph === undefined) return null;
  return (
    <>
      {selected && <circle className={styles.selected} cx={x} cy={y} r="11" />}
      <path
        className={styles.sign}
        data-group={group}
        data-vague={vague}
        data-retracted={retracted || undefined}
        d={`M${x - 6} ${y - 6}${glyph.path}`}
      />
    </>
  );
});

function centreOf(project: Project, { lat, lon }: { readonly lat: number; readonly lon: number }) {
  const [cx, cy] = project([lon / 1e6, lat / 1e6]);
  return { cx, cy };
}
