import { civilOf, dayStart, formatInstant, MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { FIGURE_DAYS, FIGURES, type SituationQuery, type Window } from './situation.ts';
import { firstMinuteAt, offsetAt, type ZoneOffsets, zoneOffsets } from './zone-offsets.ts';

/**
 * What a situation query means in minutes: its window, the window before, the buckets of the chart.
 * It depends on the query alone, never on the data, so everybody who asks the same adds into the same
 * buckets.
 */
export interface SituationPlan {
  readonly query: SituationQuery;
  /** End of every window, exclusive. */
  readonly at: number;
  readonly from: number;
  /** The window before [previousFrom, from); equal to `from` where there is none. */
  readonly previousFrom: number;
  readonly zone: ZoneOffsets;
  /** Bounds of the chart's buckets, one more than there are buckets, in the calendar of the zone. */
  readonly bounds: readonly number[];
  /** Before this minute no window and no baseline begins. */
  readonly earliest: number;
}

export const DAY = 24 * 60;
/** Days of baseline before a figure's window. */
export const BASELINE_DAYS = 28;
const LONGEST_FIGURE = Math.max(...FIGURES.map((figure) => FIGURE_DAYS[figure])) * DAY;

const WINDOW_MINUTES: Readonly<Record<Exclude<Window, 'all'>, number>> = {
  '6h': 6 * 60,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};

/** Chosen so that a chart has some 24 to 130 bars; from the longest span that still gets it. */
type Grain = { readonly minutes: number } | 'week' | 'month' | 'year';
const GRAINS: readonly { readonly upTo: number; readonly grain: Grain }[] = [
  { upTo: 6 * 60, grain: { minutes: 15 } },
  { upTo: 2 * DAY, grain: { minutes: 60 } },
  { upTo: 14 * DAY, grain: { minutes: 6 * 60 } },
  { upTo: 120 * DAY, grain: { minutes: DAY } },
  { upTo: 3 * 366 * DAY, grain: 'week' },
  { upTo: 20 * 366 * DAY, grain: 'month' },
  { upTo: Number.POSITIVE_INFINITY, grain: 'year' },
];

/**
 * @throws RangeError when `at` or `from` is no whole minute, when the window `all` has no beginning, or
 *   when the zone is not known
 */
export function planSituation(query: SituationQuery): SituationPlan {
  const at = wholeMinute(query.at);
  const from = beginOf(query, at);
  const hasPrevious = query.window !== 'all';
  const zone = zoneOffsets(query.zone, from - 370 * DAY, at + 370 * DAY);
  const bounds = boundsOf(zone, from, at);
  return {
    query,
    at,
    from,
    previousFrom: hasPrevious ? from - (at - from) : from,
    zone,
    bounds,
    earliest: Math.min(
      hasPrevious ? from - (at - from) : from,
      at - LONGEST_FIGURE - BASELINE_DAYS * DAY,
    ),
  };
}

/** The bucket in which a minute of the window lies. */
export function bucketOf({ bounds }: SituationPlan, minute: number): number {
  let low = 0;
  let high = bounds.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((bounds[middle] ?? 0) <= minute) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Weekday (Monday = 0) × 24 + hour on the zone's clocks, of a minute of the window. */
export function hourWeekdayOf({ zone }: SituationPlan, minute: number): number {
  return hourOfWeek(minute + offsetAt(zone, minute));
}

/** The same of a local minute. Day 0 of 1970 was a Thursday, so 72 hours of that week had gone. */
export function hourOfWeek(local: number): number {
  return modulo(Math.floor(local / 60) + 72, 7 * 24);
}

/** How often `by` goes into a number of minutes that is not negative; the engine then divides whole numbers. */
export function wholes(minutes: number, by: number): number {
  return (minutes / by) | 0;
}

export function minuteOf(instant: string): number {
  return Math.floor(parseInstant(instant).ms / MINUTE_MS);
}

export function instantOf(minute: number): string {
  return formatInstant(minute * MINUTE_MS);
}

function beginOf(query: SituationQuery, at: number): number {
  if (query.window !== 'all') return at - WINDOW_MINUTES[query.window];
  if (query.from === undefined) throw new RangeError('the window `all` needs its beginning');
  const from = wholeMinute(query.from);
  if (from >= at) throw new RangeError('the window ends before it begins');
  return from;
}

function boundsOf(zone: ZoneOffsets, from: number, at: number): readonly number[] {
  const grain = GRAINS.find(({ upTo }) => at - from <= upTo)?.grain ?? 'year';
  const bounds: number[] = [];
  let local = floorTo(grain, from + offsetAt(zone, from));
  // A bucket that the clocks jump over has no length and is left out.
  for (let minute = from; minute < at; local = next(grain, local)) {
    minute = firstMinuteAt(zone, local);
    if (minute !== bounds.at(-1)) bounds.push(minute);
  }
  // Where clocks go back, a time of day comes twice and the first buckets may lie wholly before.
  while ((bounds[1] ?? at) <= from) bounds.shift();
  return bounds;
}

function floorTo(grain: Grain, local: number): number {
  if (typeof grain === 'object') return local - modulo(local, grain.minutes);
  const day = Math.floor(local / DAY);
  if (grain === 'week') return (day - modulo(day + 3, 7)) * DAY;
  const { year, month } = civilOf(day * DAY * MINUTE_MS);
  return dayStart(year, grain === 'month' ? month : 1, 1) / MINUTE_MS;
}

function next(grain: Grain, local: number): number {
  if (typeof grain === 'object') return local + grain.minutes;
  if (grain === 'week') return local + 7 * DAY;
  // 32 days after a first of the month lies in the next one, 367 days after New Year in the next year.
  return floorTo(grain, local + (grain === 'month' ? 32 : 367) * DAY);
}

function wholeMinute(instant: string): number {
  const { ms } = parseInstant(instant);
  if (ms % MINUTE_MS !== 0) throw new RangeError(`${instant} is no whole minute`);
  return ms / MINUTE_MS;
}

function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}
