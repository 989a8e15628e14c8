import { trueArc, trueMdeg } from './angle.ts';
import type { Arc, Bearing } from './bearing.ts';
import { divideHalfEven, twoSignificantDigits } from './decimal.ts';
import { toWgs84 } from './datum.ts';
import { destination, type ErrorCircle, inverse, type Position } from './geodesy.ts';
import {
  centroidOf,
  containsPoint,
  cornersOf,
  type Geometry,
  lengthM,
  type LineString,
  pointAlong,
  stretchOf,
} from './geometry.ts';
import type { Method, Resolved, Unresolved } from './where.ts';

/**
 * From a place as it was told to a position with an error, by rules that have a name and a version. The
 * writer, the auditor and the form's preview run the same ones. A changed rule gets a new version;
 * what is in the log was resolved by the rule it names.
 */
export interface Surroundings {
  /** Where a unit stood at that time. */
  readonly unitPosition: (unit: string) => ErrorCircle | undefined;
  /** The areas in force at that time, in the centre's order: the first sector that fits is taken. */
  readonly areas: readonly KnownArea[];
}

export interface KnownArea {
  readonly id: string;
  readonly kind: 'sector' | 'line' | 'protected' | 'exercise';
  readonly geometry: Geometry;
}

/** Standard deviation of a bearing taken with a hand compass. */
const BEARING_SIGMA_RADIANS = (2 * Math.PI) / 180;
/** A width told without more is equally likely all over: standard deviation of a uniform distribution. */
const UNIFORM = Math.sqrt(3);

/**
 * The place's position, error, method and sector; undefined when the form tells no position (unknown,
 * a direction without a range, a name without surroundings) or when unit or area are not known.
 */
export function resolve(where: Unresolved, around: Surroundings): Resolved | undefined {
  switch (where.form) {
    case 'point': {
      const position = toWgs84({ lat: where.lat, lon: where.lon }, where.datum ?? 'wgs84');
      const method =
        where.mgrs !== undefined ? 'mgrs.1' : where.datum === 'sk42' ? 'sk42.1' : 'point.1';
      return told({ ...position, errorM: where.errorM }, method, [], around);
    }
    case 'relative': {
      const unit = around.unitPosition(where.unit);
      const direction = where.bearing ?? where.sector;
      if (unit === undefined || direction === undefined || 'unknown' in where.range)
        return undefined;
      const circle = relativeCircle(unit, direction, where.range);
      return told(circle, 'relative.1', [], around);
    }
    case 'line': {
      if (where.near !== undefined) return { ...where.near, method: 'named.1', sector: null };
      const line = around.areas.find(({ id }) => id === where.line)?.geometry;
      if (line?.type !== 'LineString') return undefined;
      return stretch(line, where.fromM ?? 0, where.toM ?? lengthM(line), around);
    }
    case 'area': {
      if (where.near !== undefined) return { ...where.near, method: 'named.1', sector: null };
      const area = around.areas.find(({ id }) => id === where.area);
      if (area?.geometry.type !== 'Polygon') return undefined;
      const corners = cornersOf(area.geometry);
      const found = told(
        circleAround(centroidOf(area.geometry), corners),
        'area.1',
        corners,
        around,
      );
      return area.kind === 'sector' ? { ...found, sector: area.id } : found;
    }
    case 'unknown':
      return undefined;
    default:
      return where satisfies never;
  }
}

/**
 * Rule `relative.1`: the middle of the range in the middle of the direction. The error is twice the
 * standard deviation: the range is uniform between its ends, a bearing has 2 degrees, a sector is
 * uniform over its width; the unit's own error is added in squares; two significant digits. A sector's
 * error is never more than the way to its farthest corner.
 */
export function relativeCircle(
  unit: ErrorCircle,
  direction: Bearing | Arc,
  range: { min: number; max: number },
): ErrorCircle {
  const middle = (range.min + range.max) / 2;
  const isBearing = 'value' in direction;
  const arc = isBearing ? { fromMdeg: trueMdeg(direction), widthMdeg: 0 } : trueArc(direction);
  const half = ((arc.widthMdeg / 2000) * Math.PI) / 180;
  const sigma = isBearing ? BEARING_SIGMA_RADIANS : half / UNIFORM;
  const spread = 2 * Math.hypot((range.max - range.min) / 2 / UNIFORM, middle * sigma);
  const corner = Math.sqrt(middle ** 2 + range.max ** 2 - 2 * middle * range.max * Math.cos(half));
  const own = isBearing ? spread : Math.min(spread, corner);
  const position = destination(unit, arc.fromMdeg + arc.widthMdeg / 2, middle);
  return { ...position, errorM: twoSignificantDigits(Math.hypot(own, unit.errorM)) };
}

/** The first sector that all of these places lie in. A place across a border is in no one sector. */
function sectorOf(places: readonly Position[], areas: readonly KnownArea[]): string | null {
  const found = areas.find(
    ({ kind, geometry }) =>
      kind === 'sector' &&
      geometry.type === 'Polygon' &&
      places.every((place) => containsPoint(geometry, place)),
  );
  return found?.id ?? null;
}

/** Rule `line.1`: half way along the stretch, with an error that reaches its farthest corner. */
function stretch(line: LineString, fromM: number, toM: number, around: Surroundings): Resolved {
  const corners = stretchOf(line, fromM, toM);
  const middle = pointAlong(line, (fromM + toM) / 2);
  return told(circleAround(middle, corners), 'line.1', corners, around);
}

function circleAround(middle: Position, corners: readonly Position[]): ErrorCircle {
  const reach = corners.reduce((most, corner) => Math.max(most, inverse(middle, corner).metres), 0);
  return { ...middle, errorM: twoSignificantDigits(reach) };
}

function told(
  { lat, lon, errorM }: ErrorCircle,
  method: Method,
  corners: readonly Position[],
  around: Surroundings,
): Resolved {
  const middle = { lat, lon };
  // An area may share its border with the sector, so its corners count from a hundredth inside.
  const inner = corners.map((corner) => ({
    lat: divideHalfEven(99 * corner.lat + lat, 100),
    lon: divideHalfEven(99 * corner.lon + lon, 100),
  }));
  return { lat, lon, errorM, method, sector: sectorOf([middle, ...inner], around.areas) };
}
