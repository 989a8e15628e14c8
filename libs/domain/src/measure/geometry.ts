import { divideHalfEven } from './decimal.ts';
import { destination, inverse, type Position } from './geodesy.ts';

/**
 * Sectors, zones and lines as they are drawn on the map: rings and lines of [longitude, latitude] in
 * 1e-6 degrees, in the order of GeoJSON. Whole numbers, so that which side of an edge a place lies on
 * is the same answer on every machine.
 */
export type Vertex = readonly [lon: number, lat: number];

export interface Polygon {
  readonly type: 'Polygon';
  /** Outer ring first, then holes; each closed. */
  readonly coordinates: readonly (readonly Vertex[])[];
}

export interface LineString {
  readonly type: 'LineString';
  readonly coordinates: readonly Vertex[];
}

export type Geometry = Polygon | LineString;

const NOWHERE: Vertex = [0, 0];

/**
 * Whether a place lies in a polygon. A place on the edge between two polygons that share their vertices
 * lies in exactly one of them.
 */
export function containsPoint(polygon: Polygon, { lat, lon }: Position): boolean {
  let inside = false;
  for (const ring of polygon.coordinates) {
    for (let at = 1; at < ring.length; at += 1) {
      const [fromLon, fromLat] = ring[at - 1] ?? NOWHERE;
      const [toLon, toLat] = ring[at] ?? NOWHERE;
      if (fromLat > lat === toLat > lat) continue;
      // Cross product instead of a division: both sides stay whole numbers.
      const side = (toLon - fromLon) * (lat - fromLat) - (lon - fromLon) * (toLat - fromLat);
      if (toLat > fromLat ? side > 0 : side < 0) inside = !inside;
    }
  }
  return inside;
}

/** Length of a line in metres. */
export function lengthM(line: LineString): number {
  return pairs(line.coordinates).reduce((sum, [from, to]) => sum + legM(from, to), 0);
}

/** The place on a line at a distance in metres from its beginning; its end when that is further. */
export function pointAlong(line: LineString, metres: number): Position {
  let left = metres;
  for (const [from, to] of pairs(line.coordinates)) {
    const leg = inverse(positionOf(from), positionOf(to));
    if (left < leg.metres) return destination(positionOf(from), leg.trueMdeg, Math.max(0, left));
    left -= leg.metres;
  }
  return positionOf(line.coordinates.at(-1) ?? NOWHERE);
}

/** The corners of the stretch of a line from `fromM` to `toM` metres, with its two ends. */
export function stretchOf(line: LineString, fromM: number, toM: number): readonly Position[] {
  const between: Position[] = [];
  let along = 0;
  for (const [from, to] of pairs(line.coordinates)) {
    along += legM(from, to);
    if (along > fromM && along < toM) between.push(positionOf(to));
  }
  return [pointAlong(line, fromM), ...between, pointAlong(line, toM)];
}

/** The corners of a polygon's outer ring, the closing one left out. */
export function cornersOf(polygon: Polygon): readonly Position[] {
  return (polygon.coordinates[0] ?? []).slice(0, -1).map(positionOf);
}

/** The middle of a polygon's outer ring by surface (plane; an area is small beside the earth). */
export function centroidOf(polygon: Polygon): Position {
  const ring = polygon.coordinates[0] ?? [];
  const [originLon, originLat] = ring[0] ?? NOWHERE;
  // Sums of products of microdegrees leave the safe integers, so they are summed as big ones.
  let twice = 0n;
  let lon = 0n;
  let lat = 0n;
  for (const [[fromLon, fromLat], [toLon, toLat]] of pairs(ring)) {
    const [x1, y1, x2, y2] = [
      fromLon - originLon,
      fromLat - originLat,
      toLon - originLon,
      toLat - originLat,
    ].map(BigInt);
    if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) continue;
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    lon += (x1 + x2) * cross;
    lat += (y1 + y2) * cross;
  }
  if (twice === 0n) return meanOf(cornersOf(polygon));
  return {
    lon: originLon + Number(lon / (3n * twice)),
    lat: originLat + Number(lat / (3n * twice)),
  };
}

function meanOf(positions: readonly Position[]): Position {
  const sum = positions.reduce(
    (all, { lat, lon }) => ({ lat: all.lat + lat, lon: all.lon + lon }),
    { lat: 0, lon: 0 },
  );
  const count = Math.max(1, positions.length);
  return { lat: divideHalfEven(sum.lat, count), lon: divideHalfEven(sum.lon, count) };
}

function legM(from: Vertex, to: Vertex): number {
  return inverse(positionOf(from), positionOf(to)).metres;
}

function positionOf([lon, lat]: Vertex): Position {
  return { lat, lon };
}

function pairs(vertices: readonly Vertex[]): readonly (readonly [Vertex, Vertex])[] {
  return vertices.slice(1).flatMap((to, index) => {
    const from = vertices[index];
    return from === undefined ? [] : [[from, to] as const];
  });
}
