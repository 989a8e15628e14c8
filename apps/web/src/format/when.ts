import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { clock, clockOrDay, day, dayOrDate, millis } from './instants.ts';
import type { Words } from './words.ts';

/** 1970: no report is of that day or year, so every time carries its date. */
const ANOTHER_DAY = 0;

type When = ObservationRow['when'];

/**
 * When it happened, no finer than it was told: `13:58`, `13:00–14:00` for an hour, `13:58–14:20`,
 * `13:50 ± 5 min`, `10 FEB` for a whole day, `03–06 NOV 2020` for several. Times of another day carry
 * their date; what was told by the day never shows a clock.
 */
export function occurred(when: When, zone: string, now: number, words: Words): string {
  const days = wholeDays(when);
  if (days !== undefined) return daysText(days, now);
  const from = millis(when.from);
  const to = millis(when.to);
  if (when.precision === 'period') return period(from, to, zone, now, words);
  const begins = clockOrDay(from, zone, now);
  return when.precision === 'hour' ? `${begins}–${clock(to, zone)}` : begins;
}

/** The same with its date even today: what a list or a sheet of paper needs. */
export function occurredDated(when: When, zone: string, words: Words): string {
  return occurred(when, zone, ANOTHER_DAY, words);
}

interface Days {
  /** An instant in the first and one in the last day, ms, and the zone whose days they are. */
  readonly first: number;
  readonly last: number;
  readonly zone: string;
}

/**
 * The days that were told, if days were told: with that precision, or from midnight to midnight of the
 * zone of entry, as sources give several days. A day is the day of that zone, whoever reads it.
 */
export function wholeDays({ from, to, precision, zone }: When): Days | undefined {
  const days = { first: millis(from), last: millis(to) - MINUTE_MS, zone };
  if (precision === 'day') return days;
  const fromMidnight = clock(days.first, zone) === MIDNIGHT && clock(millis(to), zone) === MIDNIGHT;
  return precision === 'period' && fromMidnight ? days : undefined;
}

const MIDNIGHT = '00:00';

/** `10 FEB`, `03–06 NOV`, `28 OCT–03 NOV`, each with its year unless it is this one. */
function daysText({ first, last, zone }: Days, now: number): string {
  const end = dayOrDate(last, zone, now);
  const begin = dayOrDate(first, zone, now);
  if (begin === end) return end;
  const [number, ...month] = begin.split(' ');
  const [, ...monthOfEnd] = end.split(' ');
  return month.join(' ') === monthOfEnd.join(' ') ? `${number}–${end}` : `${begin}–${end}`;
}

/** A short period reads as its middle and half its length, which is how it was entered. */
function period(from: number, to: number, zone: string, now: number, words: Words): string {
  const length = to - from;
  if (length <= 60 * MINUTE_MS) {
    const half = Math.round(length / 2 / MINUTE_MS);
    const middle = clockOrDay(from + Math.floor(length / 2), zone, now);
    return half === 0 ? middle : `${middle} ${words('format.plusMinus', { minutes: half })}`;
  }
  const sameDay = day(from, zone) === day(to, zone);
  return `${clockOrDay(from, zone, now)}–${sameDay ? clock(to, zone) : clockOrDay(to, zone, now)}`;
}
