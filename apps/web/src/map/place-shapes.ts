import { trueArc, trueMdeg } from '@ceasewatch/domain/measure/angle';
import { destination, type Position } from '@ceasewatch/domain/measure/geodesy';
import { stretchOf, type Geometry } from '@ceasewatch/domain/measure/geometry';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { Where } from '@ceasewatch/domain/measure/where';
import type { Feature, LineString, Polygon } from 'geojson';

/**
 * What a place looks like when it is drawn as it was told: a ring as wide as its error, a ray along
 * its bearing with the span of its range, the stretch of a line, an area. The live map, the static map
 * and the report form draw these same shapes. Positions come in 1e-6 degrees and leave in degrees.
 */
export type PlaceShape = Feature<LineString | Polygon, { readonly part: PlacePart }>;
export type PlacePart = 'ring' | 'ray' | 'span' | 'wedge' | 'stretch' | 'area';

/** Positions and outlines that a told place may refer to. */
export interface Ground {
  readonly unitPosition: (unit: string) => Position | undefined;
  readonly geometry: (area: string) => Geometry | undefined;
}

/** A ring wider than this says "somewhere here" better by not being drawn. */
const WIDEST_RING_M = 150_000;
/** How far a ray is drawn when only its direction was told. */
const OPEN_RAY_M = 8_000;
const RING_CORNERS = 48;

export function placeShapes(where: Where, ground: Ground): readonly PlaceShape[] {
  switch (where.form) {
    case 'point':
      return ring(where.resolved, where.resolved.errorM);
    case 'relative':
      return relativeShapes(where, ground);
    case 'line':
      return [...stretch(where, ground), ...namedRing(where)];
    case 'area':
      return [...area(where.area, ground), ...namedRing(where)];
    case 'unknown':
      return [];
    default:
      return where satisfies never;
  }
}

/** A line or an area that only its name and surroundings are known of. */
function namedRing(where: Where): readonly PlaceShape[] {
  const resolved = resolvedOf(where);
  return resolved?.method === 'named.1' ? ring(resolved, resolved.errorM) : [];
}

type Relative = Extract<Where, { form: 'relative' }>;

function relativeShapes(where: Relative, ground: Ground): readonly PlaceShape[] {
  const from = standpoint(where, ground);
  const rings = where.resolved === undefined ? [] : ring(where.resolved, where.resolved.errorM);
  if (from === undefined) return rings;
  const range = 'unknown' in where.range ? undefined : where.range;
  if (where.bearing !== undefined) {
    const bearing = trueMdeg(where.bearing);
    const far = destination(from, bearing, range?.max ?? OPEN_RAY_M);
    const ray = line('ray', [from, far]);
    if (range === undefined || range.min === range.max) return [ray, ...rings];
    return [ray, line('span', [destination(from, bearing, range.min), far]), ...rings];
  }
  if (where.sector === undefined) return rings;
  const { fromMdeg, widthMdeg } = trueArc(where.sector);
  return [wedge(from, fromMdeg, widthMdeg, range ?? { min: 0, max: OPEN_RAY_M }), ...rings];
}

/** Where the unit stood then: found back from what was resolved then, else where it stands now. */
function standpoint(where: Relative, ground: Ground): Position | undefined {
  if (where.resolved === undefined || 'unknown' in where.range)
    return ground.unitPosition(where.unit);
  const middle = (where.range.min + where.range.max) / 2;
  const bearing = where.bearing === undefined ? middleOf(where) : trueMdeg(where.bearing);
  return destination(where.resolved, (bearing + 180_000) % 360_000, middle);
}

function middleOf(where: Relative): number {
  if (where.sector === undefined) return 0;
  const { fromMdeg, widthMdeg } = trueArc(where.sector);
  return (fromMdeg + widthMdeg / 2) % 360_000;
}

function wedge(
  from: Position,
  fromMdeg: number,
  widthMdeg: number,
  range: { min: number; max: number },
): PlaceShape {
  const steps = Math.max(2, Math.ceil(widthMdeg / 5_000));
  const arc = (metres: number) =>
    Array.from({ length: steps + 1 }, (_, step) =>
      destination(from, (fromMdeg + (widthMdeg * step) / steps) % 360_000, metres),
    );
  const near = range.min === 0 ? [from] : arc(range.min).reverse();
  return polygon('wedge', [...arc(range.max), ...near]);
}

function stretch(where: Extract<Where, { form: 'line' }>, ground: Ground): readonly PlaceShape[] {
  const told = where.line === undefined ? undefined : ground.geometry(where.line);
  if (told?.type !== 'LineString') return [];
  if (where.fromM === undefined || where.toM === undefined) {
    return [
      line(
        'stretch',
        told.coordinates.map(([lon, lat]) => ({ lat, lon })),
      ),
    ];
  }
  return [line('stretch', stretchOf(told, where.fromM, where.toM))];
}

function area(id: string | undefined, ground: Ground): readonly PlaceShape[] {
  const told = id === undefined ? undefined : ground.geometry(id);
  if (told?.type !== 'Polygon') return [];
  const [outer = []] = told.coordinates;
  return [
    polygon(
      'area',
      outer.slice(0, -1).map(([lon, lat]) => ({ lat, lon })),
    ),
  ];
}

/** A circle on the ground; plane arithmetic is exact enough for what is drawn. */
function ring(around: Position, errorM: number): readonly PlaceShape[] {
  if (errorM <= 0 || errorM > WIDEST_RING_M) return [];
  const high = (errorM / 111_195) * 1e6;
  const wide = high / Math.max(0.01, Math.cos((around.lat / 1e6) * (Math.PI / 180)));
  const corners = Array.from({ length: RING_CORNERS }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / RING_CORNERS;
    return { lat: around.lat + high * Math.cos(angle), lon: around.lon + wide * Math.sin(angle) };
  });
  return [polygon('ring', corners)];
}

function line(part: PlacePart, places: readonly Position[]): PlaceShape {
  return {
    type: 'Feature',
    properties: { part },
    geometry: { type: 'LineString', coordinates: places.map(degreesOf) },
  };
}

function polygon(part: PlacePart, corners: readonly Position[]): PlaceShape {
  const [first] = corners;
  const closed = first === undefined ? corners : [...corners, first];
  return {
    type: 'Feature',
    properties: { part },
    geometry: { type: 'Polygon', coordinates: [closed.map(degreesOf)] },
  };
}

/** 1e-6 degrees as GeoJSON has them: longitude first. */
export function degreesOf({ lat, lon }: Position): [number, number] {
  return [lon / 1e6, lat / 1e6];
}
