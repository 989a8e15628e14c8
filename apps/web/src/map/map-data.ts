import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { areaGeometry } from '@ceasewatch/domain/centre/area-shape';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { Feature, FeatureCollection, Geometry, LineString, Point, Polygon } from 'geojson';
import { nameIn } from '../shell/use-centre.ts';
import { degreesOf, type Ground, placeShapes } from './place-shapes.ts';

/** From the centre and its rows to what a map draws. Pure: the live and the static map share it. */

/** West, south, east, north in degrees. */
export type Extent = readonly [number, number, number, number];

export type RowPoint = Feature<
  Point,
  {
    readonly id: string;
    readonly group: string;
    readonly vague: boolean;
    readonly retracted: boolean;
  }
>;

/** One row as a point; undefined when its place could not be resolved. */
export function rowPoint(row: ObservationRow): RowPoint | undefined {
  const resolved = resolvedOf(row.where);
  if (resolved === undefined) return undefined;
  return {
    type: 'Feature',
    properties: {
      id: row.id,
      group: row.group,
      // A stretch or an area is not a point: its sign is hollow.
      vague: row.where.form === 'line' || row.where.form === 'area',
      retracted: row.status === 'retracted',
    },
    geometry: { type: 'Point', coordinates: degreesOf(resolved) },
  };
}

export function groundOf(centre: CentreAnswer): Ground {
  const positions = new Map(
    centre.units.map(({ unit, position }) => [unit, position ?? undefined]),
  );
  const shapes = new Map(centre.areas.map((area) => [area.area, areaGeometry(area)]));
  return { unitPosition: (unit) => positions.get(unit), geometry: (area) => shapes.get(area) };
}

/** What is drawn of a few rows in full: rings, rays, stretches, each in its group's colour. */
export function rowShapes(rows: readonly ObservationRow[], ground: Ground): FeatureCollection {
  const drawn = new Set<string>();
  const features: Feature<Geometry, object>[] = [];
  for (const row of rows) {
    for (const shape of placeShapes(row.where, ground)) {
      // Forty reports along one line are one stretch on the map.
      const key =
        shape.properties.part === 'stretch' ? JSON.stringify([row.group, shape.geometry]) : row.id;
      if (key !== row.id && drawn.has(key)) continue;
      drawn.add(key);
      features.push({
        ...shape,
        properties: { ...shape.properties, id: row.id, group: row.group },
      });
    }
  }
  return { type: 'FeatureCollection', features };
}

/** Sectors, lines and zones in force; a name for each. */
export function areaFeatures(
  centre: CentreAnswer,
  nameOf: (area: string) => string,
): FeatureCollection {
  const features = centre.areas.map((area) => {
    const corners = area.vertices.map(([lon, lat]) => degreesOf({ lat, lon }));
    const geometry: Geometry =
      area.shape === 'polygon'
        ? { type: 'Polygon', coordinates: [corners] }
        : { type: 'LineString', coordinates: corners };
    return feature(geometry, { id: area.area, kind: area.kind, name: nameOf(area.area) });
  });
  return { type: 'FeatureCollection', features };
}

/** Open units with a position, as signs of their contingent. */
export function unitFeatures(centre: CentreAnswer): FeatureCollection {
  const signs = new Map(centre.contingents.map(({ contingent, sign }) => [contingent, sign]));
  const features = centre.units.flatMap(({ unit, name, contingent, position, closedAt }) => {
    if (position === null || closedAt !== null) return [];
    const sign = contingent === null ? 'joint' : (signs.get(contingent) ?? 'joint');
    return [feature({ type: 'Point', coordinates: degreesOf(position) }, { id: unit, name, sign })];
  });
  return { type: 'FeatureCollection', features };
}

export function placeFeatures(centre: CentreAnswer, locale: string): FeatureCollection {
  const features = centre.places.map(({ name, lat, lon }) =>
    feature(
      { type: 'Point', coordinates: degreesOf({ lat, lon }) },
      { name: nameIn(name, locale), rank: 1 },
    ),
  );
  return { type: 'FeatureCollection', features };
}

export function missionExtent(centre: CentreAnswer): Extent {
  const [west, south, east, north] = centre.missionArea;
  return [west / 1e6, south / 1e6, east / 1e6, north / 1e6];
}

/** What the map shows first: the mission area, or the rows themselves when most lie elsewhere. */
export function homeExtent(mission: Extent, points: readonly RowPoint[]): Extent {
  const outside = points.filter((point) => !within(mission, point));
  if (outside.length * 2 <= points.length) return mission;
  const lons = points.map((point) => point.geometry.coordinates[0] ?? 0).sort(ascending);
  const lats = points.map((point) => point.geometry.coordinates[1] ?? 0).sort(ascending);
  return padded([at(lons, 0.01), at(lats, 0.01), at(lons, 0.99), at(lats, 0.99)], 0.1);
}

export function within([west, south, east, north]: Extent, point: RowPoint): boolean {
  const [lon = 0, lat = 0] = point.geometry.coordinates;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

export function padded([west, south, east, north]: Extent, share: number): Extent {
  const wide = Math.max(0.05, east - west) * share;
  const high = Math.max(0.05, north - south) * share;
  return [
    Math.max(-180, west - wide),
    Math.max(-85, south - high),
    Math.min(180, east + wide),
    Math.min(85, north + high),
  ];
}

/** What a few shapes take up. */
export function extentOfShapes(
  shapes: readonly Feature<LineString | Polygon, object>[],
): Extent | undefined {
  const corners = shapes.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates,
  );
  if (corners.length === 0) return undefined;
  const lons = corners.map(([lon = 0]) => lon).sort(ascending);
  const lats = corners.map(([, lat = 0]) => lat).sort(ascending);
  return [at(lons, 0), at(lats, 0), at(lons, 1), at(lats, 1)];
}

export const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

function feature<Shape extends Geometry>(
  geometry: Shape,
  properties: object,
): Feature<Shape, object> {
  return { type: 'Feature', properties, geometry };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

function ascending(one: number, other: number): number {
  return one - other;
}
