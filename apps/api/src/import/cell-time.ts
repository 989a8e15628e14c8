import { DAY_MS, formatInstant, parseInstant } from '@ceasewatch/domain/measure/instant';
import type { WhenEntry } from '@ceasewatch/domain/measure/when';
import { firstInstantOf, instantsOf } from '@ceasewatch/domain/measure/zone';
import { quoted } from './layout.ts';
import { RowRefused } from './import-error.ts';

/** How a table writes a day. Two tables never agree, so the format is always named, never guessed. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'YYYYMMDD',
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)(?:$|[T ])/,
  'DD.MM.YYYY': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'DD/MM/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)$/,
};

/** The day a cell names, as `2021-02-18`. @throws RowRefused `not_a_date` */
export function dayOf(text: string, format: DateFormat, column: string): string {
  const { y, m, d } = PATTERNS[format].exec(text)?.groups ?? {};
  const day = `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`;
  if (d === undefined || !isDay(day)) {
    throw new RowRefused(
      column,
      'not_a_date',
      `${column} must be a date as ${format}, not ${quoted(text)}.`,
    );
  }
  return day;
}

/**
 * The instant at which a wall clock in `zone` showed `day` and `time`; of two such instants the first.
 *
 * @param time `HH:MM` or `HH:MM:SS`
 * @throws RowRefused `not_a_time`
 */
export function instantOf(day: string, time: string, zone: string, column: string): string {
  const {
    h,
    min,
    s = '0',
  } = /^(?<h>\d{1,2}):(?<min>\d\d)(?::(?<s>\d\d))?$/.exec(time)?.groups ?? {};
  const [hours, minutes, seconds] = [Number(h), Number(min), Number(s)];
  if (min === undefined || hours > 23 || minutes > 59 || seconds > 59) {
    throw new RowRefused(
      column,
      'not_a_time',
      `${column} must be a time as HH:MM, not ${quoted(time)}.`,
    );
  }
  const [first] = instantsOf(zone, dayMs(day) + ((hours * 60 + minutes) * 60 + seconds) * 1000);
  if (first === undefined) {
    throw new RowRefused(
      column,
      'not_a_time',
      `${column}: no clock in ${zone} showed ${time} on ${day}.`,
    );
  }
  return formatInstant(first);
}

/** One day, or the days from one to another inclusive, as the clocks of a zone count them. */
export function daysIn(zone: string, first: string, last: string): WhenEntry {
  const from = formatInstant(firstInstantOf(zone, dayMs(first)));
  if (first === last) return { from, precision: 'day', zone, clock: 'source' };
  const to = formatInstant(firstInstantOf(zone, dayMs(last) + DAY_MS));
  return { from, to, precision: 'period', zone, clock: 'source' };
}

/** Milliseconds since 1970 at which a day begins in UTC. */
export function dayMs(day: string): number {
  return parseInstant(`${day}T00:00:00Z`).ms;
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
