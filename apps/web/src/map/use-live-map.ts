'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { Where } from '@ceasewatch/domain/measure/where';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { useComputedColorScheme } from '@mantine/core';
import { useLocale } from 'next-intl';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '../filter/use-address.ts';
import type { Names } from '../format/words.ts';
import { drawingOfThisDesk } from './drawing-desk.ts';
import { loadBasemap, REGION, townsOutside, WORLD } from './basemap.ts';
import type { LiveMap } from './live-map.ts';
import { readColours } from './map-colours.ts';
import {
  areaFeatures,
  type Extent,
  extentOfShapes,
  groundOf,
  homeExtent,
  missionExtent,
  NOTHING,
  padded,
  placeFeatures,
  rowPoint,
  type RowPoint,
  rowShapes,
  unitFeatures,
  within,
} from './map-data.ts';
import { degreesOf, placeShapes } from './place-shapes.ts';

/** Joins the live map to React: what the props say is drawn, what the reader does is told. */
export interface MapInput {
  readonly rows: readonly ObservationRow[];
  readonly centre: CentreAnswer;
  readonly names: Names;
  readonly selected: string | null;
  /** A place that is being entered. */
  readonly draft: Where | null;
  readonly title: string;
  onSelect(id: string | null): void;
  onStacked(ids: readonly string[]): void;
  onClick(lat: number, lon: number): void;
  onBounds(extent: Extent): void;
}

export interface MapOutput {
  readonly state: 'loading' | 'live' | 'static';
  readonly metresPerPixel: number;
  readonly zoom: number;
  readonly home: () => void;
  readonly zoomBy: (steps: number) => void;
}

/** Rings and rays of at most this many rows at once: more would hide what they are around. */
const DETAIL_ROWS = 150;
const DETAIL_ZOOM = 10;

export function useLiveMap(
  container: RefObject<HTMLDivElement | null>,
  input: MapInput,
): MapOutput {
  const { centre, rows } = input;
  const { past } = useAddress();
  const locale = useLocale();
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: false });
  const [state, setState] = useState<MapOutput['state']>('loading');
  const [map, setMap] = useState<LiveMap | null>(null);
  const [view, setView] = useState({ metresPerPixel: 0, zoom: 0, extent: missionExtent(centre) });
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });

  const points = useMemo(() => rows.map(rowPoint).filter((point) => point !== undefined), [rows]);
  const mission = useMemo(() => missionExtent(centre), [centre]);
  const home = useMemo(() => homeExtent(mission, points), [mission, points]);
  const bounds = useMemo(
    () => boundsOf(centre.exercise, mission, points),
    [centre.exercise, mission, points],
  );
  const first = useRef({ home, bounds });

  useEffect(() => {
    let made: LiveMap | undefined;
    let gone = false;
    const element = container.current;
    if (element === null) return undefined;
    if (drawingOfThisDesk() === 'none') {
      setState('static');
      return undefined;
    }
    const moved = () => {
      if (made === undefined) return;
      const extent = made.extent();
      setView({ metresPerPixel: made.metresPerPixel(), zoom: made.map.getZoom(), extent });
      latest.current.onBounds(extent);
    };
    // MapLibre is a third of a megabyte, so it comes when a map is shown and not before.
    void Promise.all([import('./live-map.ts'), labelFonts(latest.current.centre)])
      .then(([{ LiveMap: Live }]) => {
        if (gone) return;
        made = new Live({
          container: element,
          colours: readColours(element),
          ...first.current,
          title: latest.current.title,
          events: {
            selected: (id) => latest.current.onSelect(id),
            stacked: (ids) => latest.current.onStacked(ids),
            clicked: (lat, lon) => latest.current.onClick(lat, lon),
            moved,
            drawn: () => setState('live'),
            failed: () => setState('static'),
          },
        });
        setMap(made);
      })
      .catch(() => {
        // Without the worker, too, the same data is drawn as a still picture.
        if (!gone) setState('static');
      });
    return () => {
      gone = true;
      made?.remove();
      setMap(null);
    };
  }, [container]);

  const boundsKey = bounds.join(' ');
  useEffect(() => {
    map?.limit(extentOf(boundsKey));
  }, [map, boundsKey]);
  const homeKey = home.join(' ');
  const touched = useRef(false);
  useEffect(() => {
    // The first rows may lie elsewhere; once somebody moved the map it stays where it is.
    if (map !== null && !touched.current) map.home(extentOf(homeKey));
  }, [map, homeKey]);
  useEffect(() => {
    if (map === null) return undefined;
    const touch = ({ originalEvent }: { readonly originalEvent?: unknown }) => {
      if (originalEvent !== undefined) touched.current = true;
    };
    map.map.on('movestart', touch);
    return () => {
      map.map.off('movestart', touch);
    };
  }, [map]);

  useEffect(() => {
    const element = container.current;
    if (map !== null && element !== null) map.recolour(readColours(element));
  }, [map, scheme, container]);

  useEffect(() => {
    map?.show(points, !past);
  }, [map, points, past]);

  useEffect(() => {
    if (map === null) return;
    map.draw('areas', areaFeatures(centre, input.names.area));
    map.draw('units', unitFeatures(centre));
    map.draw('places', placeFeatures(centre, locale));
  }, [map, centre, locale, input.names]);

  useGround(map, centre.exercise, bounds === WORLD ? 'world' : 'region', mission);

  const detailed = useDetailed(rows, points, view, input.selected);
  useEffect(() => {
    map?.draw('shapes', rowShapes(detailed, groundOf(centre)));
  }, [map, detailed, centre]);

  useSelection(map, points, input.selected);

  const { draft } = input;
  useEffect(() => {
    if (map === null) return;
    const resolved = draft === null ? undefined : resolvedOf(draft);
    const shapes = draft === null ? [] : placeShapes(draft, groundOf(centre));
    const point =
      resolved === undefined
        ? []
        : [
            {
              type: 'Feature' as const,
              properties: {},
              geometry: { type: 'Point' as const, coordinates: degreesOf(resolved) },
            },
          ];
    map.draw('draft', { type: 'FeatureCollection', features: [...shapes, ...point] });
    const extent = extentOfShapes(shapes);
    if (extent !== undefined) map.frame(extent);
  }, [map, centre, draft]);

  return {
    state,
    metresPerPixel: view.metresPerPixel,
    zoom: view.zoom,
    home: () => map?.home(home),
    zoomBy: (steps) => map?.map.easeTo({ zoom: map.map.getZoom() + steps, duration: 150 }),
  };
}

/** Marks the selected row, and brings it into sight once: then the map is the reader's again. */
export function useSelection(
  map: Pick<LiveMap, 'draw' | 'bring'> | null,
  points: readonly RowPoint[],
  selected: string | null,
): void {
  const brought = useRef<string | null>(null);
  useEffect(() => {
    if (map === null) return;
    const point = points.find(({ properties: { id } }) => id === selected);
    map.draw('selected', {
      type: 'FeatureCollection',
      features: point === undefined ? [] : [point],
    });
    if (selected === null) brought.current = null;
    // A link may name a row before the rows are here.
    if (point === undefined || brought.current === selected) return;
    brought.current = selected;
    const [lon, lat] = point.geometry.coordinates;
    if (lon !== undefined && lat !== undefined) map.bring(lon, lat);
  }, [map, selected, points]);
}

/** A real centre stands on the basemap; an exercise stands on neutral ground. */
function useGround(
  map: LiveMap | null,
  exercise: boolean,
  ground: 'region' | 'world',
  mission: Extent,
): void {
  const missionKey = mission.join(' ');
  useEffect(() => {
    if (map === null || exercise) return;
    void loadBasemap(ground).then(
      ({ land, water, border, towns }) => {
        map.draw('land', land);
        map.draw('water', water);
        map.draw('border', border);
        map.draw('towns', townsOutside(towns, extentOf(missionKey)));
      },
      // The observations matter more than the ground; it is asked for again with the next map.
      () => map.draw('land', NOTHING),
    );
  }, [map, exercise, ground, missionKey]);
}

interface View {
  readonly zoom: number;
  readonly extent: Extent;
}

/** The rows drawn in full: the selected one, and those in sight of a map that is near enough. */
function useDetailed(
  rows: readonly ObservationRow[],
  points: readonly RowPoint[],
  { zoom, extent }: View,
  selected: string | null,
): readonly ObservationRow[] {
  return useMemo(() => {
    const near = new Set(
      zoom < DETAIL_ZOOM
        ? []
        : points.filter((point) => within(extent, point)).map(({ properties: { id } }) => id),
    );
    const shown = rows.filter(({ id }) => id !== selected && near.has(id)).slice(0, DETAIL_ROWS);
    const stretches = zoom < DETAIL_ZOOM ? rows.filter(isStretch).slice(0, DETAIL_ROWS) : [];
    return [...stretches, ...shown, ...rows.filter(({ id }) => id === selected)];
  }, [rows, points, zoom, extent, selected]);
}

/** A part of a line reads well from afar; the whole line, or an area, would only cover it. */
function isStretch({ where }: ObservationRow): boolean {
  return where.form === 'line' && where.fromM !== undefined;
}

function boundsOf(exercise: boolean, mission: Extent, points: readonly RowPoint[]): Extent {
  const ground = exercise ? padded(mission, 0.4) : REGION;
  return points.every((point) => within(ground, point)) ? ground : WORLD;
}

function extentOf(key: string): Extent {
  const [west = 0, south = 0, east = 0, north = 0] = key.split(' ').map(Number);
  return [west, south, east, north];
}

/** Labels are drawn on a canvas, which takes whatever font is there at that moment. */
async function labelFonts(centre: CentreAnswer): Promise<void> {
  const names = [...centre.places, ...centre.areas].flatMap(({ name }) => Object.values(name));
  const text = `${names.join('')}${centre.units.map(({ name }) => name).join('')}ğşçöüıəİ0123456789`;
  await document.fonts.load('500 12px "Inter Variable"', text).catch(() => []);
}
