import { formatDtg, letterOf, MONTHS } from '@ceasewatch/domain/measure/clock-entry';
import { civilOf, DAY_MS, HOUR_MS, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { offsetMinutes, wallOf } from '@ceasewatch/domain/measure/zone';
import { twoDigits } from './numbers.ts';

/**
 * Instants as screens show them: date-time groups and dates that cannot be misread (10 FEB, never
 * 10/02), in one named zone per screen. Every instant comes in as UTC text or milliseconds.
 */
export function millis(instant: string): number {
  return Date.parse(instant);
}

export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** The letter of the zone at that instant, `D`; a zone between whole hours shows its offset. */
export function zoneLetter(zone: string, ms: number): string {
  const minutes = offsetMinutes(zone, ms);
  const letter = letterOf(minutes);
  if (letter !== undefined) return letter;
  const ahead = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${twoDigits(Math.floor(ahead / 60))}${twoDigits(ahead % 60)}`;
}

/** `181358D FEB 21`; in a zone between whole hours `181358+0430 FEB 21`. */
export function dtg(ms: number, zone: string): string {
  const letter = letterOf(offsetMinutes(zone, ms));
  if (letter !== undefined) return formatDtg(ms, letter);
  const [group = '', ...date] = formatDtg(wallOf(zone, ms), 'Z').split(' ');
  return [group.replace('Z', zoneLetter(zone, ms)), ...date].join(' ');
}

/** `13:58`. */
export function clock(ms: number, zone: string): string {
  const { hour, minute } = civilOf(wallOf(zone, ms));
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `10 FEB`. */
export function day(ms: number, zone: string): string {
  const civil = civilOf(wallOf(zone, ms));
  return `${twoDigits(civil.day)} ${MONTHS[civil.month - 1]}`;
}

/** `10 FEB 2021`. */
export function date(ms: number, zone: string): string {
  return `${day(ms, zone)} ${civilOf(wallOf(zone, ms)).year}`;
}

/** The day, with its year unless it is this one: `10 FEB` or `10 FEB 2021`. */
export function dayOrDate(ms: number, zone: string, now: number): string {
  const ofThisYear = civilOf(wallOf(zone, ms)).year === civilOf(wallOf(zone, now)).year;
  return ofThisYear ? day(ms, zone) : date(ms, zone);
}

/** The clock today, day and clock before: `13:58`, `10 FEB 13:58` or `10 FEB 2021 13:58`. */
export function clockOrDay(ms: number, zone: string, now: number): string {
  const today = day(ms, zone) === day(now, zone) && Math.abs(now - ms) < 2 * DAY_MS;
  return today ? clock(ms, zone) : `${dayOrDate(ms, zone, now)} ${clock(ms, zone)}`;
}

/** The end of the minute that holds the instant: what every window ends at. */
export function endOfMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
}

export interface Span {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** A stretch of time cut into days, hours, minutes, seconds; never negative. */
export function spanOf(ms: number): Span {
  const left = Math.max(0, ms);
  return {
    days: Math.floor(left / DAY_MS),
    hours: Math.floor((left % DAY_MS) / HOUR_MS),
    minutes: Math.floor((left % HOUR_MS) / MINUTE_MS),
    seconds: Math.floor((left % MINUTE_MS) / 1000),
  };
}
