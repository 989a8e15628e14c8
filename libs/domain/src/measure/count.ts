import { z } from 'zod';
import { COUNT_UNITS, QUALIFIERS, UNKNOWN_REASONS, type UnknownReason } from './count-words.ts';

/**
 * How many: a value with its qualifier and its unit, or the reason why there is none. The unit is part
 * of the count. Unknown is not zero, and zero is not unknown.
 */

/** Far above any real count, far below where sums of a million of them would stop being exact. */
const MOST = 1_000_000_000;

export const unknownSchema = z.strictObject({ unknown: z.enum(UNKNOWN_REASONS) });

/** The stored shape: whole numbers, low <= value <= high. */
export const countSchema = z.union([counted(0), unknownSchema]);

/** An observation's own count. Zero belongs to a nil report in a watch, so it starts at 1. */
export const observedCountSchema = z.union([counted(1), unknownSchema]);

export type Count = z.infer<typeof countSchema>;
export type KnownCount = Exclude<Count, { unknown: UnknownReason }>;

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
      error: 'not_above_low',
    })
    .refine((count) => (count.high ?? count.value) >= count.value, {
      path: ['high'],
      error: 'not_below_high',
    });
}
