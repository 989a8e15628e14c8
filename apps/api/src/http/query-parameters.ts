import {
  FIRST_TOLD,
  FIRST_UNTOLD,
  formatInstant,
  parseInstant,
} from '@ceasewatch/domain/measure/instant';
import { Refusal } from '@ceasewatch/domain/refusal';
import { z } from 'zod';

/** The kinds of parameters that stand in a query string: always text, perhaps repeated. */
const MOST_VALUES = 100;

/** `kind=shot,burst` or `kind=shot&kind=burst`. */
export function listOf<Item extends z.ZodType<string, string>>(item: Item, description: string) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat().flatMap((part) => part.split(',')))
    .pipe(z.array(item).min(1).max(MOST_VALUES))
    .meta({ description: `${description} Several: separated by commas, or repeated.` });
}

/** Of a route that has nothing to ask: a name that is not known there is refused as everywhere. */
export const noParameters = z.strictObject({});

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** RFC 3339 with an offset, in the years that can be told of; stored as UTC with three fraction digits. */
export const instant = z
  .string()
  .max(40)
  .transform((text, context) => {
    try {
      // A plus that was not percent-encoded arrives as a space.
      const { ms } = parseInstant(text.replace(' ', '+'));
      const stored = formatInstant(ms);
      if (stored >= FIRST_TOLD && stored <= FIRST_UNTOLD) return stored;
      context.addIssue({ code: 'custom', message: 'at_out_of_range' });
      return z.NEVER;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.addIssue({ code: 'custom', message: 'not_an_instant' });
      return z.NEVER;
    }
  })
  .meta({ description: 'RFC 3339 with an offset, e.g. 2026-11-22T10:00:00Z.' });

export function integer(least: number, most: number) {
  return z
    .string()
    .regex(/^(?:0|-?[1-9]\d{0,15})$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);
}

const LAST_SEQ = Number.MAX_SAFE_INTEGER - 1;

/** Number of the last event already known; -1 is the start of the log. */
export const after = integer(-1, LAST_SEQ);
export const sequence = integer(0, LAST_SEQ);

/** A moment of the log: the number of an event, or an instant. */
export const eventOrInstant = z.string().transform((text, context): number | string => {
  const read = (/^-?\d+$/.test(text) ? sequence : instant).safeParse(text);
  if (read.success) return read.data;
  for (const { message } of read.error.issues) context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const MICRO = 1_000_000;

/** `west,south,east,north` in decimal degrees, as in GeoJSON; becomes whole 1e-6 degrees. */
export const bbox = z
  .string()
  .regex(
    /^-?\d{1,3}(\.\d{1,9})?(,-?\d{1,3}(\.\d{1,9})?){3}$/,
    'must be four numbers: west,south,east,north',
  )
  .transform((text): [number, number, number, number] => {
    const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number);
    return [west, south, east, north];
  })
  .refine(
    ([west, south, east, north]) =>
      [west, east].every((lon) => lon >= -180 && lon <= 180) &&
      [south, north].every((lat) => lat >= -90 && lat <= 90) &&
      south <= north,
    'must be west,south,east,north in degrees, south before north',
  )
  .transform(([west, south, east, north]): [number, number, number, number] => [
    Math.floor(west * MICRO),
    Math.floor(south * MICRO),
    Math.ceil(east * MICRO),
    Math.ceil(north * MICRO),
  ])
  .meta({
    description:
      'west,south,east,north in decimal degrees; with west greater than east it spans 180°.',
  });

/** An object whose absent members are absent, never `undefined`. */
export type Given<Value> = { [Name in keyof Value]: Exclude<Value[Name], undefined> };

/**
 * Splits parsed parameters in two: those named, and the rest. What was not asked for is left out, for
 * a filter with `late: undefined` is not the filter without `late`.
 */
export function split<Value extends object, Name extends keyof Value & string>(
  value: Value,
  names: readonly Name[],
): readonly [Given<Pick<Value, Name>>, Given<Omit<Value, Name>>] {
  const picked: ReadonlySet<string> = new Set(names);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return [
    // Exactly the entries of these names, so exactly these types.
    Object.fromEntries(entries.filter(([name]) => picked.has(name))) as Given<Pick<Value, Name>>,
    Object.fromEntries(entries.filter(([name]) => !picked.has(name))) as Given<Omit<Value, Name>>,
  ];
}
