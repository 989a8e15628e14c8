import type { Count, KnownCount } from './count.ts';

/**
 * The closed words of a count and how they weigh against each other: what sums and screens need,
 * without the schemas that judge what was entered.
 */

/**
 * What can be counted. The first seven are spelled like the kinds they count; `burst_or_shot` is the
 * explicit mixed unit of observers who cannot tell the two apart. The list may grow at its end.
 */
export const COUNT_UNITS = [
  'explosion',
  'projectile_in_flight',
  'muzzle_flash',
  'illumination_flare',
  'burst',
  'shot',
  'burst_or_shot',
  'uav',
  'aircraft',
  'weapon',
  'vehicle',
  'person',
  'crater',
  'damaged_object',
  'munition',
  'occurrence',
] as const;
export type CountUnit = (typeof COUNT_UNITS)[number];

/** From the strongest to the weakest: `about` is vague on both sides, `at_least` has no upper end. */
export const QUALIFIERS = ['exact', 'about', 'at_least'] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

export const UNKNOWN_REASONS = ['not_known', 'not_recorded', 'withheld'] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

export function isKnown(count: Count): count is KnownCount {
  return !('unknown' in count);
}

/** The weaker of two qualifiers; what a sum keeps. */
export function weakest(one: Qualifier, other: Qualifier): Qualifier {
  return QUALIFIERS.indexOf(one) < QUALIFIERS.indexOf(other) ? other : one;
}
