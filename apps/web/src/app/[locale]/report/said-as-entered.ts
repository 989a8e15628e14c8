import type { TimeRules } from '../../../format/entered-minute.ts';
import { millis } from '../../../format/instants.ts';
import { place } from '../../../format/places.ts';
import { type Told, wholeSentence } from '../../../format/sentence.ts';
import type { Names, Words } from '../../../format/words.ts';
import { centreOfTime } from './entered-time.ts';
import type { ReportFields } from './report-fields.ts';

/**
 * A report as its observer said it: the bearing in the unit and off the north that were typed, 360 as
 * 360, a grid reference as a grid reference, a time as its middle with its doubt. What the log makes of
 * it stands beside it in the echo.
 */
export function sentenceAsEntered(
  told: Told,
  fields: ReportFields,
  words: Words,
  names: Names,
): string {
  const bearing = bearingAsEntered(fields, words);
  const where = place(told.where, words, names, bearing);
  return wholeSentence(told, words, names, where);
}

function bearingAsEntered(fields: ReportFields, words: Words): string | undefined {
  const { place: form, bearing, bearingUnit, north } = fields;
  const typed = bearing.trim();
  if (form !== 'relative' || typed === '') return undefined;
  if (/^[a-z]+$/i.test(typed)) return typed.toUpperCase();
  const [whole = '', ...fraction] = typed.split('.');
  const value = bearingUnit === 'mdeg' ? [whole.padStart(3, '0'), ...fraction].join('.') : typed;
  return words('report.readBack.bearing', {
    value,
    unit: bearingUnit,
    north: words(`report.north.${north}`),
  });
}

export interface SpokenTime {
  /** The instant that was told: the middle of a time with a doubt, else the beginning. */
  readonly at: number;
  /** Minutes to each side; 0 for none. */
  readonly doubt: number;
  /** What is recorded, where that is more than the instant says: [from, to) in ms. */
  readonly ends: readonly [number, number] | undefined;
}

export function timeAsEntered(told: Told, fields: ReportFields, rules: TimeRules): SpokenTime {
  const from = millis(told.when.from);
  const ends =
    told.when.precision === 'period' ? ([from, millis(told.when.to)] as const) : undefined;
  const doubt = fields.timeEnd === '' ? Number(fields.timeError) : 0;
  return { at: doubt === 0 ? from : centreOfTime(fields, rules), doubt, ends };
}
