import { refuse, type Warning } from '../refusal.ts';

/**
 * Instants: strict RFC 3339 in, UTC with three fraction digits out. In between an instant is a number
 * of milliseconds since 1970. Nothing here knows what time it is; the server's now is an argument.
 */

/** The calendar is computed by hand because the language's own parser guesses where this must refuse. */
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** 0001-01-01T00:00Z and the end of 9999: four digits of a year that the calendar has. */
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 253_402_300_799_999;

/**
 * What a report tells of lies in the years 1900 to 2199: the same that windows end in. Beyond them a
 * zone's clocks are guesswork, and a period rounded to whole days would leave the calendar's four digits.
 */
export const FIRST_TOLD = '1900-01-01T00:00:00.000Z';
export const FIRST_UNTOLD = '2200-01-01T00:00:00.000Z';

/** A clock may run this far ahead before anybody is told: the same minute that a device's offset may be. */
export const FUTURE_SILENT_MS = MINUTE_MS;
/** Up to here a future time is taken for clock skew; beyond it for a wrong zone or date, which are refused. */
export const FUTURE_REFUSED_MS = 15 * MINUTE_MS;
/** Older than this, the form asks for confirmation. */
export const OLD_WARNED_MS = DAY_MS;

export interface ParsedInstant {
  /** Milliseconds since 1970, finer fractions cut off. */
  readonly ms: number;
  readonly warnings: readonly Warning[];
}

/**
 * Reads an RFC 3339 date-time with its offset, capital T and Z. Fractions are cut to milliseconds.
 * `-00:00` (offset not known) is read as UTC with a warning.
 *
 * @throws Refusal `invalid`, reason `not_an_instant`
 */
export function parseInstant(text: unknown, field = 'instant'): ParsedInstant {
  const match = typeof text === 'string' ? RFC_3339.exec(text) : null;
  if (match === null) throw notAnInstant(field);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw notAnInstant(field);
  }
  if (hour > 23 || minute > 59 || second > 59) {
    throw notAnInstant(field);
  }
  const offset = offsetMinutesOf(match[8] ?? 'Z');
  if (offset === undefined) throw notAnInstant(field);
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  const ms = daysBeforeMonth(year, month, day) * DAY_MS + clock - offset * MINUTE_MS;
  if (ms < FIRST_MS || ms > LAST_MS) throw notAnInstant(field);
  return { ms, warnings: match[8] === '-00:00' ? [offsetNotKnown(field)] : [] };
}

/**
 * Reads an instant that a report tells: `parseInstant` within the years of `FIRST_TOLD`.
 *
 * @throws Refusal `invalid`, reason `not_an_instant` or `year_out_of_range`
 */
export function parseTold(text: unknown, field = 'instant'): ParsedInstant {
  const parsed = parseInstant(text, field);
  if (parsed.ms >= FIRST_TOLD_MS && parsed.ms < FIRST_UNTOLD_MS) return parsed;
  throw refuse('invalid', { field, reason: 'year_out_of_range' });
}

/** `2026-11-22T09:58:00.000Z`, the only form that is stored. */
export function formatInstant(ms: number): string {
  const { year, month, day, hour, minute, second, millisecond } = civilOf(ms);
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return `${date}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(millisecond, 3)}Z`;
}

/** Milliseconds of an instant that lies in the log. */
export function millisOf(stored: string): number {
  return parseInstant(stored).ms;
}

const FIRST_TOLD_MS = millisOf(FIRST_TOLD);
const FIRST_UNTOLD_MS = millisOf(FIRST_UNTOLD);

/** What judges an instant that a unit reports. */
export interface TimeRules {
  /** The server's clock, ms. */
  readonly now: number;
  /** The ceasefire's entry into force, ms; absent while none is declared. */
  readonly notBefore?: number | undefined;
}

/**
 * Reads the instant of something that a unit observed: not before the ceasefire, not in the future.
 * A future of up to 15 minutes is clock skew and a warning; more than a day old is a warning.
 *
 * @throws Refusal `invalid`, reason `not_an_instant`, `before_the_ceasefire` or `in_the_future`
 */
export function judgeInstant(text: unknown, rules: TimeRules, field = 'instant'): ParsedInstant {
  const { ms, warnings } = parseInstant(text, field);
  return { ms, warnings: [...warnings, ...judgeMs(ms, rules, field)] };
}

/** The rules of `judgeInstant` for an instant that was read already. */
export function judgeMs(ms: number, rules: TimeRules, field: string): readonly Warning[] {
  if (rules.notBefore !== undefined && ms < rules.notBefore) {
    throw refuse('invalid', {
      field,
      reason: 'before_the_ceasefire',
      params: { inForceAt: formatInstant(rules.notBefore) },
    });
  }
  const ahead = ms - rules.now;
  if (ahead > FUTURE_REFUSED_MS) {
    throw refuse('invalid', {
      field,
      reason: 'in_the_future',
      params: { aheadMs: ahead },
    });
  }
  if (ahead > FUTURE_SILENT_MS) {
    return [{ code: 'in_the_future', field, params: { aheadMs: ahead } }];
  }
  if (-ahead > OLD_WARNED_MS) {
    return [{ code: 'old', field, params: { ageMs: -ahead } }];
  }
  return [];
}

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** Calendar fields of an instant in UTC (proleptic Gregorian). */
export function civilOf(ms: number): Civil {
  const days = Math.floor(ms / DAY_MS);
  const rest = ms - days * DAY_MS;
  // Years begin in March here, so that the leap day is the last of its year and 400 years one era.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / HOUR_MS),
    minute: Math.floor(rest / MINUTE_MS) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
  };
}

/** Milliseconds of a UTC calendar day's start; the day must exist. */
export function dayStart(year: number, month: number, day: number): number {
  return daysBeforeMonth(year, month, day) * DAY_MS;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function daysBeforeMonth(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function offsetMinutesOf(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours = 0, minutesPast = 0] = offset.slice(1).split(':').map(Number);
  const size = hours * 60 + minutesPast;
  if (minutesPast > 59 || size > (offset.startsWith('-') ? 12 : 14) * 60) return undefined;
  return offset.startsWith('-') ? -size : size;
}

function notAnInstant(field: string) {
  return refuse('invalid', { field, reason: 'not_an_instant' });
}

function offsetNotKnown(field: string): Warning {
  return { code: 'offset_not_known', field };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
