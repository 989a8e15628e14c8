import { formatInstant, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import type { WhenEntry } from '@ceasewatch/domain/measure/when';
import {
  beginningBefore,
  type EnteredMinute,
  readMinute,
  type TimeRules,
} from '../../../format/entered-minute.ts';
import { FormFault } from './form-fault.ts';
import type { ReportFields } from './report-fields.ts';

/**
 * The time of a report as it was typed: nothing at all is now, ± minutes make it a period around that
 * time, an end makes it a period up to the end of that minute.
 *
 * @throws FormFault, and Refusal `invalid` with the field `time`, `timeEnd` or `timeError`
 */
export function readTime(fields: ReportFields, rules: TimeRules): WhenEntry {
  const begins = beginning(fields, rules);
  const entry = {
    zone: begins.zone,
    clock: fields.time === '' ? ('device' as const) : fields.clock,
  };
  if (fields.timeEnd !== '') {
    const ends = readMinute(fields.timeEnd, { ...rules, zone: begins.zone }, 'timeEnd');
    return {
      ...entry,
      from: formatInstant(beginningBefore(begins, ends)),
      to: formatInstant(ends.ms + MINUTE_MS),
      precision: 'period',
    };
  }
  if (fields.timeError === '')
    return { ...entry, from: formatInstant(begins.ms), precision: 'minute' };
  const error = wholeMinutes(fields.timeError) * MINUTE_MS;
  if (error === 0) return { ...entry, from: formatInstant(begins.ms), precision: 'minute' };
  // What is still to come cannot have been perceived: the later half of the doubt ends now.
  const latest = Math.ceil(rules.now / MINUTE_MS) * MINUTE_MS;
  const to = Math.max(begins.ms + MINUTE_MS, Math.min(begins.ms + error, latest));
  return {
    ...entry,
    from: formatInstant(begins.ms - error),
    to: formatInstant(to),
    precision: 'period',
  };
}

/** The instant that a time with a doubt was told around, ms. */
export function centreOfTime(fields: ReportFields, rules: TimeRules): number {
  return beginning(fields, rules).ms;
}

function beginning({ time }: ReportFields, rules: TimeRules): EnteredMinute {
  if (time.trim() !== '') return readMinute(time, rules, 'time');
  const ms = Math.floor(rules.now / MINUTE_MS) * MINUTE_MS;
  return { ms, zone: rules.zone, dated: true };
}

function wholeMinutes(text: string): number {
  const minutes = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isNaN(minutes) || minutes > 1440) {
    throw new FormFault('timeError', 'not_minutes');
  }
  return minutes;
}
