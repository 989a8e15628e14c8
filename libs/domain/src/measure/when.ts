import { z } from 'zod';
import { storedInstant } from '../recorded-event.ts';
import { refuse, type Warning } from '../refusal.ts';
import {
  DAY_MS,
  formatInstant,
  HOUR_MS,
  judgeMs,
  MINUTE_MS,
  parseTold,
  type TimeRules,
} from './instant.ts';
import { firstInstantOf, isZone, wallOf, ZONE_NAME } from './zone.ts';

/**
 * When it happened: a period [from, to) in UTC, how finely it was told, the zone it was entered in and
 * whose clock it was read from. "13:58" is the whole minute; nobody claims its first millisecond.
 */
export const PRECISIONS = ['second', 'minute', 'hour', 'day', 'period'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Whose clock told the time; `source` is an external source's own. */
export const CLOCKS = ['device', 'gps', 'post', 'sensor', 'source', 'not_known'] as const;

const zone = z.string().max(64).regex(ZONE_NAME, 'unknown_zone');

/** The stored shape. */
export const whenSchema = z
  .strictObject({
    from: storedInstant,
    to: storedInstant,
    precision: z.enum(PRECISIONS),
    zone,
    clock: z.enum(CLOCKS),
  })
  .refine((when) => when.from < when.to, { path: ['to'], error: 'ends_before_it_begins' });
export type When = z.infer<typeof whenSchema>;

/** What a client sends: RFC 3339 with any offset; `to` may be left out except for a period. */
export const whenEntrySchema = z.strictObject({
  from: z.string(),
  to: z.string().optional(),
  precision: z.enum(PRECISIONS),
  zone,
  clock: z.enum(CLOCKS).optional(),
});
export type WhenEntry = z.infer<typeof whenEntrySchema>;

/**
 * Turns an entry into what is stored: `from` down and `to` up to the whole second, minute, hour or day
 * in the zone of entry; without `to` it is one such unit.
 *
 * @param rules the server's now and the ceasefire for what a unit observed; `external` for imported
 *   rows, which those rules do not bind
 * @throws Refusal `invalid`: `not_an_instant`, `year_out_of_range`, `unknown_zone`,
 *   `period_without_end`, `ends_before_it_begins`, `before_the_ceasefire`, `in_the_future`
 */
export function readWhen(
  entry: WhenEntry,
  rules: TimeRules | 'external',
  field = 'when',
): { when: When; warnings: readonly Warning[] } {
  const { precision } = entry;
  if (!isZone(entry.zone)) {
    throw wrong(`${field}.zone`, 'unknown_zone');
  }
  const begins = readInstant(entry.from, rules, `${field}.from`);
  const ends = entry.to === undefined ? undefined : readInstant(entry.to, rules, `${field}.to`);
  if (precision === 'period' && ends === undefined) {
    throw wrong(`${field}.to`, 'period_without_end');
  }
  const from = floor(begins.ms, precision, entry.zone);
  const to =
    ends === undefined ? next(from, precision, entry.zone) : ceil(ends.ms, precision, entry.zone);
  if (to <= from) throw wrong(`${field}.to`, 'ends_before_it_begins');
  const when: When = {
    from: formatInstant(from),
    to: formatInstant(to),
    precision,
    zone: entry.zone,
    clock: entry.clock ?? 'not_known',
  };
  return {
    when,
    warnings: [...begins.warnings, ...(ends?.warnings ?? []).filter(({ code }) => code !== 'old')],
  };
}

/** A device's clock more than a minute off is announced. Positive: the device is ahead. */
export function deviceClockWarnings(
  deviceOffsetMs: number,
  field = 'deviceOffsetMs',
): readonly Warning[] {
  if (Math.abs(deviceOffsetMs) <= MINUTE_MS) return [];
  const side = deviceOffsetMs > 0 ? 'ahead' : 'behind';
  return [{ code: 'device_clock_off', field, params: { offByMs: Math.abs(deviceOffsetMs), side } }];
}

function readInstant(text: string, rules: TimeRules | 'external', field: string) {
  const { ms, warnings } = parseTold(text, field);
  return {
    ms,
    warnings: rules === 'external' ? warnings : [...warnings, ...judgeMs(ms, rules, field)],
  };
}

const UNIT_MS = { second: 1000, minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS, period: 1 } as const;

/** Hours and days are the zone's: midnight in Baku is not midnight in Moscow, nor always 24 hours later. */
function floor(ms: number, precision: Precision, zoneName: string): number {
  const unit = UNIT_MS[precision];
  if (precision !== 'hour' && precision !== 'day') return Math.floor(ms / unit) * unit;
  const wall = wallOf(zoneName, ms);
  const into = wall - Math.floor(wall / unit) * unit;
  // Within an hour no clock jumps by other than whole hours today; a day is found through its midnight.
  return precision === 'hour' ? ms - into : Math.min(ms, firstInstantOf(zoneName, wall - into));
}

function next(from: number, precision: Precision, zoneName: string): number {
  if (precision !== 'day') return from + UNIT_MS[precision];
  const wall = wallOf(zoneName, from);
  return firstInstantOf(zoneName, Math.floor(wall / DAY_MS) * DAY_MS + DAY_MS);
}

function ceil(ms: number, precision: Precision, zoneName: string): number {
  const from = floor(ms, precision, zoneName);
  return from === ms ? ms : next(from, precision, zoneName);
}

function wrong(
  field: string,
  reason: 'unknown_zone' | 'period_without_end' | 'ends_before_it_begins',
) {
  return refuse('invalid', { field, reason });
}
