import { refuse } from '../refusal.ts';
import { civilOf, DAY_MS, dayStart, daysInMonth, HOUR_MS, MINUTE_MS } from './instant.ts';
import { instantsOf, offsetMinutes, wallOf } from './zone.ts';

/**
 * Times as soldiers write them: date-time groups (`221358C NOV 26`) and bare clock times (`1358`,
 * `1358C`). Z is UTC, C is Moscow and Ankara, D is Baku and Yerevan. J means "local", so it tells
 * nothing and is refused.
 */
const EAST = 'ABCDEFGHIKLM';
const WEST = 'NOPQRSTUVWXY';
export const ZONE_LETTERS = `${WEST.split('').reverse().join('')}Z${EAST}`;
export const MONTHS = [
  'JAN',
  'FEB',
  'MAR',
  'APR',
  'MAY',
  'JUN',
  'JUL',
  'AUG',
  'SEP',
  'OCT',
  'NOV',
  'DEC',
];
const DTG = /^(\d\d)([01]\d|2[0-3])([0-5]\d) ?([A-Z]) ?([A-Z]{3}) ?(?:20)?(\d\d)$/i;
const CLOCK = /^([01]\d|2[0-3]):?([0-5]\d)([A-Z])?$/i;

/** The letter of a whole-hour offset from -12 to +12; undefined for any other. */
export function letterOf(minutesAhead: number): string | undefined {
  const hours = minutesAhead / 60;
  return Number.isInteger(hours) && Math.abs(hours) <= 12 ? ZONE_LETTERS[hours + 12] : undefined;
}

/** Minutes that a letter's zone is ahead of UTC; undefined for J and for what is no letter. */
export function minutesOfLetter(letter: string): number | undefined {
  const index = letter.length === 1 ? ZONE_LETTERS.indexOf(letter.toUpperCase()) : -1;
  return index < 0 ? undefined : (index - 12) * 60;
}

/**
 * Reads a date-time group, to the minute. Years are 2000 to 2099.
 *
 * @throws Refusal `invalid`, reason `not_a_date_time_group` or `letter_tells_no_zone`
 */
export function parseDtg(
  text: string,
  field = 'dtg',
): { ms: number; letter: string; offsetMinutes: number } {
  const match = DTG.exec(text.trim());
  const [, day = '', hour = '', minute = '', given = '', monthName = '', shortYear = ''] =
    match ?? [];
  const month = MONTHS.indexOf(monthName.toUpperCase()) + 1;
  const year = 2000 + Number(shortYear);
  if (match === null || month === 0 || Number(day) < 1 || Number(day) > daysInMonth(year, month)) {
    throw refuse('invalid', {
      field,
      reason: 'not_a_date_time_group',
    });
  }
  const { letter, minutes } = zoneLetter(given, field);
  const wall =
    dayStart(year, month, Number(day)) + Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS;
  return { ms: wall - minutes * MINUTE_MS, letter, offsetMinutes: minutes };
}

/**
 * `221358C NOV 26`: the minute an instant lies in, in the zone of a letter.
 *
 * @throws RangeError for a letter that names no zone
 */
export function formatDtg(ms: number, letter: string): string {
  const minutes = minutesOfLetter(letter);
  if (minutes === undefined) throw new RangeError(`${letter} names no zone`);
  const { year, month, day, hour, minute } = civilOf(ms + minutes * MINUTE_MS);
  return `${two(day)}${two(hour)}${two(minute)}${letter.toUpperCase()} ${MONTHS[month - 1]} ${two(year % 100)}`;
}

export interface ClockTime {
  /** Start of the minute, ms since 1970. */
  readonly ms: number;
  readonly offsetMinutes: number;
  /** Absent where the offset is no whole hour. */
  readonly letter?: string;
  /** The date it fell on in that zone, to be shown beside it: `2026-11-22`. */
  readonly date: string;
}

/**
 * The latest time HHMM that is not in the future, in a zone or in the zone of its own letter.
 *
 * @param at the device's or server's now (ms) and the zone of entry (IANA)
 * @throws Refusal `invalid`, reason `not_a_clock_time` or `letter_tells_no_zone`
 */
export function latestClockTime(
  text: string,
  at: { now: number; zone: string },
  field = 'time',
): ClockTime {
  const match = CLOCK.exec(text.trim());
  if (match === null) {
    throw refuse('invalid', {
      field,
      reason: 'not_a_clock_time',
    });
  }
  const fixed = match[3] === undefined ? undefined : zoneLetter(match[3], field).minutes;
  const past = Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS;
  const today = fixed === undefined ? wallOf(at.zone, at.now) : at.now + fixed * MINUTE_MS;
  const midnight = Math.floor(today / DAY_MS) * DAY_MS;
  // Two days back are enough: a time that clocks jumped over yesterday was there the day before.
  const ms = [midnight, midnight - DAY_MS, midnight - 2 * DAY_MS]
    .flatMap((day) =>
      fixed === undefined ? instantsOf(at.zone, day + past) : [day + past - fixed * MINUTE_MS],
    )
    .filter((instant) => instant <= at.now)
    .reduce((latest, instant) => Math.max(latest, instant), Number.NEGATIVE_INFINITY);
  const minutes = fixed ?? offsetMinutes(at.zone, ms);
  const letter = letterOf(minutes);
  const { year, month, day } = civilOf(ms + minutes * MINUTE_MS);
  return {
    ms,
    offsetMinutes: minutes,
    ...(letter === undefined ? {} : { letter }),
    date: `${year}-${two(month)}-${two(day)}`,
  };
}

function zoneLetter(given: string, field: string): { letter: string; minutes: number } {
  const minutes = minutesOfLetter(given);
  if (minutes === undefined) {
    throw refuse('invalid', {
      field,
      reason: 'letter_tells_no_zone',
      params: { letter: given.toUpperCase() },
    });
  }
  return { letter: given.toUpperCase(), minutes };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
