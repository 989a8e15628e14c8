import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { clock, clockOrDay, day, dayOrDate, millis } from './instants.ts';
import type { Words } from './words.ts';

/** 1970: no report is of that day or year, so every time carries its date. */
const ANOTHER_DAY = 0;

type When = ObservationRow['when'];

/**
 * When it happened, no finer than it was told: `13:58`, `13:00–14:00` for an hour, `13:58–14:20`,
 * `13:50 ± 5 min`, `10 FEB` for a whole day. Times of another day carry their date.
 */
export function occurred(when: When, zone: string, now: number, words: Words): string {
  const from = millis(when.from);
  const to = millis(when.to);
  if (when.precision === 'day') return dayOrDate(from, zone, now);
  if (when.precision === 'period') return period(from, to, zone, now, words);
  const begins = clockOrDay(from, zone, now);
  return when.precision === 'hour' ? `${begins}–${clock(to, zone)}` : begins;
}

/** The same with its date even today: what a list or a sheet of paper needs. */
export function occurredDated(when: When, zone: string, words: Words): string {
  return occurred(when, zone, ANOTHER_DAY, words);
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
