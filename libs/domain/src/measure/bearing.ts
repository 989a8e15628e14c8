import { z } from 'zod';
import { refuse } from '../refusal.ts';
import { ANGLE_UNITS, type AngleUnit, CIRCLE, convertAngle, trueMdeg, turn } from './angle.ts';
import { roundComputed, scaledHalfEven } from './decimal.ts';

/**
 * Directions, never without their unit and their north. Two armies divide the circle into 6400 and
 * into 6000 mils, and maps, compasses and the earth have three norths: an angle without its label is a
 * mistake of hundreds of metres waiting to be made.
 */
const unit = z.enum(ANGLE_UNITS);
const angle = z.int().nonnegative().max(359_999);
/** East positive: true = magnetic + declination = grid + convergence. */
const declared = z.int().min(-180_000).max(180_000);

const bearingFields = { value: angle, unit };
/** The stored shape. A bearing off magnetic or grid north carries the correction it was declared with. */
export const bearingSchema = z.discriminatedUnion('north', [
  inCircle(z.strictObject({ ...bearingFields, north: z.literal('true') })),
  inCircle(
    z.strictObject({ ...bearingFields, north: z.literal('grid'), convergenceMdeg: declared }),
  ),
  inCircle(
    z.strictObject({ ...bearingFields, north: z.literal('magnetic'), declinationMdeg: declared }),
  ),
]);
export type Bearing = z.infer<typeof bearingSchema>;

const arcFields = { from: angle, to: angle, unit };
/** A part of the horizon, clockwise from `from` to `to`: what a compass word or two bearings tell. */
export const arcSchema = z.discriminatedUnion('north', [
  inCircle(z.strictObject({ ...arcFields, north: z.literal('true') })),
  inCircle(z.strictObject({ ...arcFields, north: z.literal('grid'), convergenceMdeg: declared })),
  inCircle(
    z.strictObject({ ...arcFields, north: z.literal('magnetic'), declinationMdeg: declared }),
  ),
]);
export type Arc = z.infer<typeof arcSchema>;

/** The same direction in every convention, off the same north, and off true north. */
export interface BearingEcho {
  readonly mdeg: number;
  readonly mil6400: number;
  readonly mil6000: number;
  readonly trueMdeg: number;
  /** What it would be if the mils were read on the other circle (thousandths of a degree). */
  readonly misreadMdeg?: number;
}

/** What the form shows beside an entry: 270 degrees are 4800 and 4500 mils; 4800 misread are 288 degrees. */
export function echoBearing(bearing: Bearing): BearingEcho {
  const { value, unit: own } = bearing;
  const other = own === 'mil6400' ? 'mil6000' : own === 'mil6000' ? 'mil6400' : undefined;
  return {
    mdeg: convertAngle(value, own, 'mdeg'),
    mil6400: convertAngle(value, own, 'mil6400'),
    mil6000: convertAngle(value, own, 'mil6000'),
    trueMdeg: trueMdeg(bearing),
    ...(other === undefined || value >= CIRCLE[other]
      ? {}
      : { misreadMdeg: convertAngle(value, other, 'mdeg') }),
  };
}

/** North of an entry, with the declared correction that it needs. */
export type DeclaredNorth =
  | { readonly north: 'true' }
  | { readonly north: 'grid'; readonly convergenceMdeg: number }
  | { readonly north: 'magnetic'; readonly declinationMdeg: number };

/**
 * Reads a bearing as it is typed: degrees with up to any number of decimals, or whole mils. The full
 * circle is north, so 360 and 6400 become 0.
 *
 * @throws Refusal `invalid`, reason `not_a_bearing` or `beyond_the_circle`
 */
export function readBearing(
  text: string,
  own: AngleUnit,
  off: DeclaredNorth,
  field = 'bearing',
): Bearing {
  const value = scaledHalfEven(text.trim(), own === 'mdeg' ? 3 : 0);
  if (value === undefined || (own !== 'mdeg' && !/^\d+$/.test(text.trim()))) {
    throw refuse('invalid', {
      field,
      reason: 'not_a_bearing',
    });
  }
  if (value < 0 || value > CIRCLE[own]) {
    throw refuse('invalid', {
      field,
      reason: 'beyond_the_circle',
      params: { most: own === 'mdeg' ? 360 : CIRCLE[own] },
    });
  }
  return { value: value % CIRCLE[own], unit: own, ...off };
}

const COMPASS_WORDS = 'N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW'.split(' ');

/**
 * The arc that a compass word tells, off true north. Words of three letters belong to the rose of 16
 * points; shorter ones are taken from the rose of 8 unless the speaker is known to use 16: the wider
 * arc claims less.
 *
 * @throws Refusal `invalid`, reason `not_a_compass_word`
 */
export function compassArc(word: string, rose?: 8 | 16, field = 'sector'): Arc {
  const index = COMPASS_WORDS.indexOf(word.trim().toUpperCase());
  if (index < 0) {
    throw refuse('invalid', {
      field,
      reason: 'not_a_compass_word',
    });
  }
  const half = index % 2 === 1 || rose === 16 ? 11_250 : 22_500;
  const middle = index * 22_500;
  return { from: turn(middle - half), to: turn(middle + half), unit: 'mdeg', north: 'true' };
}

/**
 * Grid convergence of UTM at a place, in thousandths of a degree, east of the central meridian positive.
 * Gauss-Krüger maps of six-degree zones share the meridians and so the figure.
 *
 * @param lat latitude in 1e-6 degrees
 * @param lon longitude in 1e-6 degrees
 */
export function gridConvergenceMdeg(lat: number, lon: number): number {
  const zone = Math.min(59, Math.floor((lon + 180_000_000) / 6_000_000));
  const eastOfMeridian = radians(lon - (zone * 6_000_000 - 177_000_000));
  return roundComputed(
    (Math.atan(Math.tan(eastOfMeridian) * Math.sin(radians(lat))) * 180) / Math.PI,
    3,
  );
}

function radians(microdegrees: number): number {
  return (microdegrees / 1e6) * (Math.PI / 180);
}

interface Angles {
  readonly unit: AngleUnit;
  readonly value?: number;
  readonly from?: number;
  readonly to?: number;
}

function inCircle<Schema extends z.ZodType<Angles>>(schema: Schema): Schema {
  return schema
    .refine(
      ({ unit: own, value = 0, from = 0, to = 0 }) => Math.max(value, from, to) < CIRCLE[own],
      {
        error: 'beyond_its_circle',
      },
    )
    .refine(({ from, to }) => from === undefined || from !== to, {
      path: ['to'],
      error: 'empty_arc',
    });
}
