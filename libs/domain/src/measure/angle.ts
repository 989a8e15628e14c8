import type { Arc, Bearing } from './bearing.ts';
import { divideHalfEven } from './decimal.ts';

/**
 * Units of angle and the turn to true north: what screens and maps need of a bearing, without the
 * schemas that judge what was entered.
 */
export const ANGLE_UNITS = ['mdeg', 'mil6400', 'mil6000'] as const;
export type AngleUnit = (typeof ANGLE_UNITS)[number];
export const NORTHS = ['true', 'grid', 'magnetic'] as const;
export type North = (typeof NORTHS)[number];

/** The whole circle in each unit; a bearing is from 0 to one less. `mdeg` is a thousandth of a degree. */
export const CIRCLE: Readonly<Record<AngleUnit, number>> = {
  mdeg: 360_000,
  mil6400: 6400,
  mil6000: 6000,
};

/** An angle in another unit, rounded half to even, within the circle. */
export function convertAngle(value: number, from: AngleUnit, to: AngleUnit): number {
  return divideHalfEven(value * CIRCLE[to], CIRCLE[from]) % CIRCLE[to];
}

/** Thousandths of a degree off true north. */
export function trueMdeg(bearing: Bearing): number {
  return turn(convertAngle(bearing.value, bearing.unit, 'mdeg') + correctionOf(bearing));
}

/** Where an arc begins off true north and how wide it is, in thousandths of a degree. */
export function trueArc(arc: Arc): { fromMdeg: number; widthMdeg: number } {
  const from = convertAngle(arc.from, arc.unit, 'mdeg');
  const to = convertAngle(arc.to, arc.unit, 'mdeg');
  return { fromMdeg: turn(from + correctionOf(arc)), widthMdeg: turn(to - from) };
}

function correctionOf(angleOf: Bearing | Arc): number {
  switch (angleOf.north) {
    case 'true':
      return 0;
    case 'grid':
      return angleOf.convergenceMdeg;
    case 'magnetic':
      return angleOf.declinationMdeg;
    default:
      return angleOf satisfies never;
  }
}

/** Within the circle, from 0. */
export function turn(mdeg: number): number {
  return ((mdeg % CIRCLE.mdeg) + CIRCLE.mdeg) % CIRCLE.mdeg;
}
