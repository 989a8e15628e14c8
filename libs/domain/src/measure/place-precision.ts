/**
 * How finely UCDP GED knows a place: its `where_prec` (codebook 22.1) in words, and the radius in metres
 * that a word stands for. Nothing here makes a place finer than its source told it.
 */

/** 1 exact, 2 within about 25 km, 3 and 4 second and first administrative level, 5 line, 6 country, 7 sea or air. */
const UCDP = [
  'within_1_km',
  'within_25_km',
  'district',
  'province',
  'line_or_fuzzy_area',
  'country',
  'sea_or_air',
] as const;
type PrecisionClass = (typeof UCDP)[number];

/** The class of a UCDP `where_prec`; undefined for what the codebook does not have. */
export function precisionOfUcdp(wherePrec: number): PrecisionClass | undefined {
  return UCDP[wherePrec - 1];
}

/**
 * Radius in metres that a class stands for, to be the `errorM` of a point. Undefined where a class
 * tells no distance: such a place stays a line or an area.
 */
export function errorMOf(precision: PrecisionClass): number | undefined {
  switch (precision) {
    case 'within_1_km':
      return 1000;
    case 'within_25_km':
      return 25_000;
    case 'district':
    case 'province':
    case 'line_or_fuzzy_area':
    case 'country':
    case 'sea_or_air':
      return undefined;
    default:
      return precision satisfies never;
  }
}
