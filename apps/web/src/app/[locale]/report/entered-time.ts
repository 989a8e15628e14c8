import { latestClockTime, parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import { formatInstant, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import type { WhenEntry } from '@ceasewatch/domain/measure/when';
import { isZone, offsetMinutes } from '@ceasewatch/domain/measure/zone';
import { FormFault } from './form-fault.ts';
import type { ReportFields } from './report-fields.ts';

/**
 * The time of a report as it was typed: a clock time is the latest one that is not in the future, a
 * zone letter says whose clock, ± minutes make it a period around that time.
 */
export interface TimeRules {
  /** The centre's clock, ms. */
  readonly now: number;
  /** The zone of the screen, IANA. */
  readonly zone: string;
}

/** @throws FormFault, and Refusal `invalid` with the field `time`, `timeEnd` or `timeError` */
export function readTime(fields: ReportFields, { now, zone }: TimeRules): WhenEntry {
  const begins = readMinute(fields.time, { now, zone }, 'time');
  const entry = {
    zone: begins.zone,
    clock: fields.time === '' ? ('device' as const) : fields.clock,
  };
  if (fields.timeEnd !== '') {
    const ends = readMinute(fields.timeEnd, { now, zone: begins.zone }, 'timeEnd');
    // From 2350 to 0010 the end may be found before the beginning of the same night.
    const from = begins.ms > ends.ms ? begins.ms - 24 * 60 * MINUTE_MS : begins.ms;
    return {
      ...entry,
      from: formatInstant(from),
      to: formatInstant(ends.ms + MINUTE_MS),
      precision: 'period',
    };
  }
  if (fields.timeError === '')
    return { ...entry, from: formatInstant(begins.ms), precision: 'minute' };
  const error = wholeMinutes(fields.timeError) * MINUTE_MS;
  if (error === 0) return { ...entry, from: formatInstant(begins.ms), precision: 'minute' };
  // What is still to come cannot have been perceived: the later half of the doubt ends now.
  const latest = Math.ceil(now / MINUTE_MS) * MINUTE_MS;
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
  return readMinute(fields.time, rules, 'time').ms;
}

interface Minute {
  readonly ms: number;
  readonly zone: string;
}

function readMinute(text: string, { now, zone }: TimeRules, field: string): Minute {
  if (text.trim() === '') return { ms: Math.floor(now / MINUTE_MS) * MINUTE_MS, zone };
  if (/^\d{6}/.test(text.trim())) {
    const { ms, offsetMinutes: ahead } = parseDtg(text, field);
    return { ms, zone: zoneOfOffset(ahead, ms, zone) };
  }
  const { ms, offsetMinutes: ahead } = latestClockTime(text, { now, zone }, field);
  return { ms, zone: /[A-Z]$/i.test(text.trim()) ? zoneOfOffset(ahead, ms, zone) : zone };
}

/** Zones that a letter most likely means here, so that the record names a place and not a number. */
const LIKELY = ['UTC', 'Europe/Moscow', 'Asia/Baku'];

/** The screen's own zone, else a likely one with that offset at that time, else the bare offset. */
export function zoneOfOffset(minutes: number, ms: number, own: string): string {
  const found = [own, ...LIKELY].find((zone) => offsetMinutes(zone, ms) === minutes);
  if (found !== undefined) return found;
  const hours = minutes / 60;
  // The sign of these names is turned round: Etc/GMT-5 is five hours ahead.
  const bare = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
  return isZone(bare) ? bare : 'UTC';
}

function wholeMinutes(text: string): number {
  const minutes = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isNaN(minutes) || minutes > 1440) {
    throw new FormFault('timeError', 'not_minutes');
  }
  return minutes;
}
