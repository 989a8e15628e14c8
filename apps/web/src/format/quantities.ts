import { trueMdeg } from '@ceasewatch/domain/measure/angle';
import type { Bearing } from '@ceasewatch/domain/measure/bearing';
import type { Count } from '@ceasewatch/domain/measure/count';
import type { CountUnit, Qualifier, UnknownReason } from '@ceasewatch/domain/measure/count-words';
import { HOUR_MS, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { spanOf } from './instants.ts';
import { degrees, kilometres, twoDigits, whole } from './numbers.ts';
import type { Words } from './words.ts';

/** Quantities in words, with all their vagueness: `about 12`, `at least 3 shots`, `not known`. */
export function unknown(reason: UnknownReason, words: Words): string {
  if (reason === 'not_known') return words('format.notKnown');
  return reason === 'not_recorded' ? words('format.notRecorded') : words('format.withheld');
}

/** `12`, `about 12`, `at least 12`. */
export function qualified(value: number, qualifier: Qualifier, words: Words): string {
  const number = whole(value);
  if (qualifier === 'exact') return number;
  return qualifier === 'about'
    ? words('format.about', { number })
    : words('format.atLeast', { number });
}

/** `about 12 explosions`, or why there is no number. */
export function count(counted: Count, words: Words): string {
  if ('unknown' in counted) return unknown(counted.unknown, words);
  const number = qualified(counted.value, counted.qualifier, words);
  return words('format.countOf', { number, unit: unitOfCount(counted.unit, counted.value, words) });
}

export function unitOfCount(unit: CountUnit, value: number, words: Words): string {
  return words(`words.unitOfCount.${unit}`, { n: value });
}

/** `100 d 12:58`: how long a ceasefire has been in force. */
export function longDuration(ms: number, words: Words): string {
  const { days, hours, minutes } = spanOf(ms);
  return words('format.days', {
    days: whole(days),
    clock: `${twoDigits(hours)}:${twoDigits(minutes)}`,
  });
}

/** `4 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function age(ms: number, words: Words): string {
  const { days, hours, minutes, seconds } = spanOf(ms);
  if (days > 0) return words('format.ageDays', { days: whole(days), hours });
  if (hours > 0) return words('format.ageHours', { hours, minutes });
  if (minutes > 0) return words('format.ageMinutes', { minutes });
  return words('format.ageSeconds', { seconds });
}

/** Seconds to two minutes, minutes to two hours: a clock that is 75 s off is not "1 min" off. */
export function roughAge(ms: number, words: Words): string {
  if (ms < 2 * MINUTE_MS) return words('format.ageSeconds', { seconds: Math.round(ms / 1000) });
  if (ms < 2 * HOUR_MS) return words('format.ageMinutes', { minutes: Math.round(ms / MINUTE_MS) });
  return age(ms, words);
}

/** A bearing as screens show it, in whole degrees true: `084° true`. */
export function bearing(measured: Bearing, words: Words): string {
  return offTrueNorth(trueMdeg(measured), words);
}

/** Thousandths of a degree off true north: `084° true`. */
export function offTrueNorth(mdeg: number, words: Words): string {
  return words('format.bearing', { degrees: degrees(mdeg) });
}

/** `3.0–3.4 km`, under a kilometre `400–600 m`; one number where both ends are equal. */
export function range(min: number, max: number, words: Words): string {
  if (max < 1000) {
    return min === max
      ? words('format.metres', { metres: whole(min) })
      : words('format.rangeMetres', { min: whole(min), max: whole(max) });
  }
  if (kilometres(min) === kilometres(max))
    return words('format.kilometres', { kilometres: kilometres(min) });
  return words('format.range', { min: kilometres(min), max: kilometres(max) });
}

/** `40 m`, `2.5 km`. */
export function distance(metres: number, words: Words): string {
  if (metres < 1000) return words('format.metres', { metres: whole(metres) });
  return words('format.kilometres', { kilometres: kilometres(metres) });
}
