import type { Where } from './where.ts';
import { resolvedOf } from './resolved.ts';

/**
 * How finely a place is known, in the words of the data sets that the centre reads and writes: UCDP GED
 * `where_prec` (codebook 22.1), ACLED `geo_precision`, and the classes of 10 m, 100 m and 1 km that
 * geolocators use. Mapping out and back never makes a place finer than it was.
 */
export const PRECISION_CLASSES = [
  'within_10_m',
  'within_100_m',
  'within_1_km',
  'within_25_km',
  'district',
  'province',
  'line_or_fuzzy_area',
  'country',
  'sea_or_air',
  'unknown',
] as const;
export type PrecisionClass = (typeof PRECISION_CLASSES)[number];

/** 1 exact, 2 within about 25 km, 3 and 4 second and first administrative level, 5 line, 6 country, 7 sea or air. */
const UCDP: readonly PrecisionClass[] = [
  'within_1_km',
  'within_25_km',
  'district',
  'province',
  'line_or_fuzzy_area',
  'country',
  'sea_or_air',
];

/** 1 a town with coordinates, 2 near a town or in a small area, 3 a region. */
const ACLED: readonly PrecisionClass[] = ['within_1_km', 'within_25_km', 'province'];

/** The class of a UCDP `where_prec`; undefined for what the codebook does not have. */
export function precisionOfUcdp(wherePrec: number): PrecisionClass | undefined {
  return UCDP[wherePrec - 1];
}

/** The class of an ACLED `geo_precision`; undefined for what the codebook does not have. */
export function precisionOfAcled(geoPrecision: number): PrecisionClass | undefined {
  return ACLED[geoPrecision - 1];
}

/** UCDP `where_prec` of a class; undefined when nothing is known, for which UCDP has no number. */
export function ucdpOf(precision: PrecisionClass): number | undefined {
  if (precision === 'within_10_m' || precision === 'within_100_m') return 1;
  const index = UCDP.indexOf(precision);
  return index < 0 ? undefined : index + 1;
}

/** ACLED `geo_precision` of a class; undefined when nothing is known. */
export function acledOf(precision: PrecisionClass): number | undefined {
  switch (precision) {
    case 'within_10_m':
    case 'within_100_m':
    case 'within_1_km':
      return 1;
    case 'within_25_km':
      return 2;
    case 'district':
    case 'province':
    case 'line_or_fuzzy_area':
    case 'country':
    case 'sea_or_air':
      return 3;
    case 'unknown':
      return undefined;
    default:
      return precision satisfies never;
  }
}

/**
 * Radius in metres that a source's class stands for, to be the `errorM` of a point or of `near`.
 * Undefined where a class tells no distance: such a place stays a line, an area or unknown.
 */
export function errorMOf(precision: PrecisionClass): number | undefined {
  switch (precision) {
    case 'within_10_m':
      return 10;
    case 'within_100_m':
      return 100;
    case 'within_1_km':
      return 1000;
    case 'within_25_km':
      return 25_000;
    case 'district':
    case 'province':
    case 'line_or_fuzzy_area':
    case 'country':
    case 'sea_or_air':
    case 'unknown':
      return undefined;
    default:
      return precision satisfies never;
  }
}

/** The finest class that a stored place may claim. */
export function precisionOf(where: Where): PrecisionClass {
  const resolved = resolvedOf(where);
  if (where.form === 'line' || where.form === 'area') return 'line_or_fuzzy_area';
  if (resolved === undefined) return 'unknown';
  if (resolved.errorM <= 10) return 'within_10_m';
  if (resolved.errorM <= 100) return 'within_100_m';
  if (resolved.errorM <= 1000) return 'within_1_km';
  return resolved.errorM <= 25_000 ? 'within_25_km' : 'line_or_fuzzy_area';
}
