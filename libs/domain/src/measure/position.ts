import { z } from 'zod';
import { refuse, type Warning } from '../refusal.ts';
import { roundComputed } from './decimal.ts';
import type { Position } from './geodesy.ts';

/**
 * A latitude and a longitude as they are entered: two JSON numbers in degrees. Text, degrees with
 * minutes and grid references have their own readers; here they are refused rather than guessed at.
 */

/** From below the lowest shore on earth to the edge of space, in metres. */
const alt = z.number().min(-500).max(100_000);

export const positionEntryFields = {
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  alt: alt.optional(),
} as const;

export const positionEntrySchema = z.strictObject(positionEntryFields);
export type PositionEntry = z.infer<typeof positionEntrySchema>;

/** The mission area, in 1e-6 degrees, edges included. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface ReadPosition extends Position {
  /** Whole metres. */
  readonly altM?: number;
}

/** About 110 m around 0° N 0° E, where missing values are drawn. */
const NULL_ISLAND = 1000;

/**
 * Rounds an entry to 1e-6 degrees and says what looks like a mistake: null island, and axes swapped
 * when a mission area is given that the place lies in only the other way round.
 *
 * @param entry anything; what is not `{lat, lon, alt?}` in range is refused
 * @throws Refusal `invalid`, reason `not_a_position`, with the field that is wrong
 */
export function readPosition(
  entry: unknown,
  { box }: { box?: Box | undefined } = {},
  field = 'position',
): { position: ReadPosition; warnings: readonly Warning[] } {
  const parsed = positionEntrySchema.safeParse(entry);
  if (!parsed.success) throw notAPosition(parsed.error, field);
  const { lat, lon, alt: altitude } = parsed.data;
  const position = {
    lat: roundComputed(lat, 6),
    lon: roundComputed(lon, 6),
    ...(altitude === undefined ? {} : { altM: roundComputed(altitude, 0) }),
  };
  return { position, warnings: warningsOf(position, box, field) };
}

function warningsOf(position: Position, box: Box | undefined, field: string): readonly Warning[] {
  if (Math.abs(position.lat) < NULL_ISLAND && Math.abs(position.lon) < NULL_ISLAND) {
    return [{ code: 'null_island', field }];
  }
  const swapped = { lat: position.lon, lon: position.lat };
  if (box !== undefined && !inBox(box, position) && inBox(box, swapped)) {
    return [{ code: 'axes_swapped', field }];
  }
  return [];
}

function inBox({ west, south, east, north }: Box, { lat, lon }: Position): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function notAPosition(error: z.ZodError, field: string) {
  const [issue] = error.issues;
  const path = [field, ...(issue?.path ?? [])].join('.');
  return refuse('invalid', {
    field: path,
    reason: 'not_a_position',
  });
}
