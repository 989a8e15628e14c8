import { z } from 'zod';
import { refuse, type Warning } from '../refusal.ts';
import { roundComputed } from './decimal.ts';
import { rangeFromSound } from './flash-to-bang.ts';
import { lengthM } from './geometry.ts';
import { parseMgrs } from './mgrs.ts';
import { type Box, positionEntryFields, readPosition } from './position.ts';
import { resolve, type Surroundings } from './resolve.ts';
import {
  areaFields,
  errorM,
  lineFields,
  oneArea,
  oneDirection,
  oneLine,
  rangeSchema,
  relativeFields,
  type Unresolved,
  unknownFields,
  type Where,
} from './where.ts';

/**
 * Where, as a client sends it: the stored forms, with positions in degrees instead of 1e-6 degrees, and
 * a form of its own for grid references. What it was resolved to is never sent, always derived.
 */

/** Error taken for a point in degrees when none is told: a finger on a map of 1:50,000 and a margin. */
export const POINT_ERROR_M = 100;

const near = z.strictObject({ lat: positionEntryFields.lat, lon: positionEntryFields.lon, errorM });

/** A range told by the stopwatch is stored as the range that it means. */
const rangeEntry = z.union([
  rangeSchema,
  z.strictObject({
    flashToBang: z.strictObject({
      seconds: z.number().positive().max(300),
      temperatureC: z.number().min(-60).max(60),
    }),
  }),
]);

export const whereEntrySchema = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('point'),
    ...positionEntryFields,
    errorM: errorM.optional(),
    /** Absent means WGS84. */
    datum: z.enum(['wgs84', 'sk42']).optional(),
  }),
  z.strictObject({
    form: z.literal('mgrs'),
    mgrs: z.string().max(40),
    /** At least what the digits imply. */
    errorM: errorM.optional(),
  }),
  oneDirection(z.strictObject({ ...relativeFields, range: rangeEntry })),
  oneLine(z.strictObject({ ...lineFields, near: near.optional() })),
  oneArea(z.strictObject({ ...areaFields, near: near.optional() })),
  z.strictObject(unknownFields),
]);
export type WhereEntry = z.infer<typeof whereEntrySchema>;

export interface PlaceRules extends Surroundings {
  /** The mission area, for axes that were swapped. */
  readonly box?: Box | undefined;
}

/**
 * Turns an entry into the stored place, resolved with the positions and areas given.
 *
 * @throws Refusal `invalid`: `not_a_position`, the reasons of `parseMgrs`, `unit_without_position`,
 *   `unknown_line`, `beyond_the_line`, `unknown_area`
 */
export function readWhere(
  entry: WhereEntry,
  rules: PlaceRules,
  field = 'where',
): { where: Where; warnings: readonly Warning[] } {
  const { place, warnings } = placeOf(entry, rules, field);
  refuseUnresolvable(place, rules, field);
  const resolved = resolve(place, rules);
  if (place.form === 'unknown') return { where: place, warnings };
  if (resolved !== undefined) return { where: { ...place, resolved }, warnings };
  // A point always resolves; the other forms may lack a position and then say so by having none.
  if (place.form === 'point') throw new RangeError('a point was not resolved');
  return { where: place, warnings };
}

interface Placed {
  readonly place: Unresolved;
  readonly warnings: readonly Warning[];
}

function placeOf(entry: WhereEntry, { box }: PlaceRules, field: string): Placed {
  switch (entry.form) {
    case 'point': {
      const { form, datum, errorM: told = POINT_ERROR_M, ...degrees } = entry;
      const { position, warnings } = readPosition(degrees, { box }, field);
      const place = { form, ...position, errorM: told, ...(datum === 'sk42' ? { datum } : {}) };
      return { place, warnings };
    }
    case 'mgrs': {
      const { errorM: implied, ...reference } = parseMgrs(entry.mgrs, `${field}.mgrs`);
      const place = {
        form: 'point' as const,
        ...reference,
        errorM: Math.max(implied, entry.errorM ?? 0),
      };
      return { place, warnings: [] };
    }
    case 'line':
    case 'area': {
      const { near: degrees, ...rest } = entry;
      if (degrees === undefined) return { place: rest, warnings: [] };
      const { errorM: told, ...around } = degrees;
      const { position, warnings } = readPosition(around, { box }, `${field}.near`);
      return {
        place: { ...rest, near: { lat: position.lat, lon: position.lon, errorM: told } },
        warnings,
      };
    }
    case 'relative':
      return { place: { ...entry, range: rangeOf(entry.range, `${field}.range`) }, warnings: [] };
    case 'unknown':
      return { place: entry, warnings: [] };
    default:
      return entry satisfies never;
  }
}

function rangeOf(entry: z.infer<typeof rangeEntry>, field: string): z.infer<typeof rangeSchema> {
  if (!('flashToBang' in entry)) return entry;
  const { seconds, temperatureC } = entry.flashToBang;
  const delayMs = roundComputed(seconds, 3);
  const temperatureDeciC = roundComputed(temperatureC, 1);
  const { min, max } = rangeFromSound({ delayMs, temperatureDeciC }, `${field}.flashToBang`);
  return { min, max };
}

/** A reference to something that is not there is a mistake of the sender, not an unknown place. */
function refuseUnresolvable(place: Unresolved, rules: PlaceRules, field: string): void {
  if (place.form === 'relative' && rules.unitPosition(place.unit) === undefined) {
    throw refuse('invalid', { field: `${field}.unit`, reason: 'unit_without_position' });
  }
  if (place.form === 'area' && place.area !== undefined) {
    const area = rules.areas.find(({ id }) => id === place.area);
    if (area?.geometry.type !== 'Polygon')
      throw refuse('invalid', { field: `${field}.area`, reason: 'unknown_area' });
  }
  if (place.form === 'line' && place.line !== undefined) {
    const line = rules.areas.find(({ id }) => id === place.line)?.geometry;
    if (line?.type !== 'LineString')
      throw refuse('invalid', { field: `${field}.line`, reason: 'unknown_line' });
    if ((place.toM ?? 0) > Math.ceil(lengthM(line))) {
      throw refuse('invalid', {
        field: `${field}.toM`,
        reason: 'beyond_the_line',
        params: { lengthM: Math.ceil(lengthM(line)) },
      });
    }
  }
}
