import { z } from 'zod';

/**
 * How many: a value with its qualifier and its unit, or the reason why there is none. The unit is part
 * of the count. Unknown is not zero, and zero is not unknown.
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

/** Far above any real count, far below where sums of a million of them would stop being exact. */
const MOST = 1_000_000_000;

export const unknownSchema = z.strictObject({ unknown: z.enum(UNKNOWN_REASONS) });

/** The stored shape: whole numbers, low <= value <= high. */
export const countSchema = z.union([counted(0), unknownSchema]);

/** An observation's own count. Zero belongs to a nil report in a watch, so it starts at 1. */
export const observedCountSchema = z.union([counted(1), unknownSchema]);

export type Count = z.infer<typeof countSchema>;
export type KnownCount = Exclude<Count, { unknown: UnknownReason }>;

export function isKnown(count: Count): count is KnownCount {
  return !('unknown' in count);
}

/** The weaker of two qualifiers; what a sum keeps. */
export function weakest(one: Qualifier, other: Qualifier): Qualifier {
  return QUALIFIERS.indexOf(one) < QUALIFIERS.indexOf(other) ? other : one;
}

function counted(least: 0 | 1) {
  const number = z.int().min(least).max(MOST);
  return z
    .strictObject({
      value: number,
      qualifier: z.enum(QUALIFIERS),
      unit: z.enum(COUNT_UNITS),
      low: z.int().nonnegative().max(MOST).optional(),
      high: number.optional(),
    })
    .refine((count) => (count.low ?? count.value) <= count.value, {
      path: ['low'],
      error: 'must not be above the value',
    })
    .refine((count) => (count.high ?? count.value) >= count.value, {
      path: ['high'],
      error: 'must not be below the value',
    });
}
