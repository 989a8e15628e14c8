import * as namespace from 'mgrs';
import { refuse } from '../refusal.ts';
import { roundComputed } from './decimal.ts';
import type { ErrorCircle, Position } from './geodesy.ts';

/**
 * Military grid references: always with zone, band and square, because "648287" alone is somewhere in
 * every square of the earth, and the band letter changes from S to T at 40° N inside the first centre's
 * own area. What is read is converted back and must name the same zone, band and square.
 */
export type GridDigits = 4 | 6 | 8 | 10;
const GRID_DIGITS: readonly GridDigits[] = [4, 6, 8, 10];

const REFERENCE = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z][A-HJ-NP-V])(\d*)$/;

export interface GridReference extends ErrorCircle {
  /** Upper case without blanks: `38SPK64762876`. */
  readonly mgrs: string;
}

/**
 * Reads a grid reference of 4, 6, 8 or 10 digits; blanks and lower case are allowed. The position is the
 * middle of its square, the error the side of the square that the digits imply: 1000, 100, 10 or 1 m.
 *
 * @throws Refusal `invalid`, reason `not_a_grid_reference`, `grid_square_missing`, `grid_digits` or
 *   `grid_band_or_square` (zone, band and square do not belong together)
 */
export function parseMgrs(text: string, field = 'mgrs'): GridReference {
  const compact = text.replace(/ /g, '').toUpperCase();
  const match = REFERENCE.exec(compact);
  if (match === null) throw notAReference(compact, field);
  const [, zone = '', band = '', square = '', digits = ''] = match;
  if (!isGridDigits(digits.length)) {
    throw refuse('invalid', { field, reason: 'grid_digits' });
  }
  const mgrs = `${Number(zone)}${band}${square}${digits}`;
  const middle = agreeing(mgrs, `${Number(zone)}${band}`, square);
  if (middle === undefined) {
    throw refuse('invalid', {
      field,
      reason: 'grid_band_or_square',
      params: { gridZone: `${Number(zone)}${band}`, square },
    });
  }
  const errorM = 10 ** (5 - digits.length / 2);
  return { mgrs, lat: roundComputed(middle.lat, 6), lon: roundComputed(middle.lon, 6), errorM };
}

/**
 * The reference of the square that a position (1e-6 degrees, WGS84) lies in.
 *
 * @returns undefined beyond 80° S and 84° N, where the grid is another
 */
export function formatMgrs({ lat, lon }: Position, digits: GridDigits): string | undefined {
  if (lat < -80_000_000 || lat > 84_000_000) return undefined;
  return library.forward([lon / 1e6, lat / 1e6], digits / 2);
}

/** `38SPK64762876` as it is written for people: `38S PK 6476 2876`. */
export function spacedMgrs(mgrs: string): string {
  const match = REFERENCE.exec(mgrs);
  if (match === null) return mgrs;
  const [, zone, band, square, digits = ''] = match;
  const half = digits.length / 2;
  return `${zone}${band} ${square} ${digits.slice(0, half)} ${digits.slice(half)}`;
}

/**
 * The middle of the square if the reference is consistent. A square may lie across the edge of a band or
 * a zone; then one of its corners, not its middle, lies in the zone and band that were given.
 */
function agreeing(
  mgrs: string,
  gridZone: string,
  square: string,
): { lat: number; lon: number } | undefined {
  try {
    const [left, bottom, right, top] = library.inverse(mgrs);
    const middle = { lat: (bottom + top) / 2, lon: wrapped((left + right) / 2) };
    // The library gives two corners; the grid leans by up to 5 degrees, so the others lie a little outside.
    const leanLat = (top - bottom) * LEAN;
    const leanLon = leanLat / Math.cos((middle.lat * Math.PI) / 180);
    const corners = [left - leanLon, right + leanLon].flatMap((lon) =>
      [bottom - leanLat, top + leanLat].map((lat) => ({
        lat: Math.min(84, Math.max(-80, lat)),
        lon,
      })),
    );
    const back = (place: { lat: number; lon: number }) =>
      library.forward([wrapped(place.lon), place.lat], 0);
    if (back(middle) === gridZone + square) return middle;
    return corners.some((corner) => back(corner).startsWith(gridZone)) ? middle : undefined;
  } catch (error) {
    // The library throws bare Errors and TypeErrors for letters and latitudes it cannot place.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const LEAN = 0.1;

/** A square at the date line reaches beyond 180 degrees. */
function wrapped(lon: number): number {
  if (lon > 180) return lon - 360;
  return lon < -180 ? lon + 360 : lon;
}

function notAReference(compact: string, field: string) {
  if (/^\d+$/.test(compact) || /^\d{1,2}[A-Z]\d+$/.test(compact)) {
    return refuse('invalid', { field, reason: 'grid_square_missing' });
  }
  return refuse('invalid', { field, reason: 'not_a_grid_reference' });
}

function isGridDigits(length: number): length is GridDigits {
  return GRID_DIGITS.some((digits) => digits === length);
}

type Library = Pick<typeof namespace, 'forward' | 'inverse'>;

/** Node sees the package's CommonJS build as a default export alone, bundlers its named exports alone. */
const library = libraryOf(Reflect.get(namespace, 'default') ?? namespace);

function libraryOf(candidate: unknown): Library {
  if (isLibrary(candidate)) return candidate;
  throw new TypeError('the package mgrs has other exports than expected');
}

function isLibrary(candidate: unknown): candidate is Library {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'forward' in candidate &&
    'inverse' in candidate
  );
}
