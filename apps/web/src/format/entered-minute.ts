import { latestClockTime, parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import { DAY_MS } from '@ceasewatch/domain/measure/instant';
import { isZone, offsetMinutes } from '@ceasewatch/domain/measure/zone';

/**
 * Times as they are typed into any form: `1358`, `1358C` or `221358C NOV 26`. A clock time is the latest
 * one that is not in the future; a zone letter says whose clock.
 */
export interface TimeRules {
  /** The centre's clock, ms. */
  readonly now: number;
  /** The zone of the screen, IANA. */
  readonly zone: string;
}

export interface EnteredMinute {
  /** Start of the minute, ms since 1970. */
  readonly ms: number;
  /** IANA. */
  readonly zone: string;
  /** It was typed with its date, so there is no other such time. */
  readonly dated: boolean;
}

/** @throws Refusal `invalid` at `field` */
export function readMinute(text: string, { now, zone }: TimeRules, field: string): EnteredMinute {
  if (/^\d{6}/.test(text.trim())) {
    const { ms, offsetMinutes: ahead } = parseDtg(text, field);
    return { ms, zone: zoneOfOffset(ahead, ms, zone), dated: true };
  }
  const { ms, offsetMinutes: ahead } = latestClockTime(text, { now, zone }, field);
  const told = /[A-Z]$/i.test(text.trim()) ? zoneOfOffset(ahead, ms, zone) : zone;
  return { ms, zone: told, dated: false };
}

/** From 2350 to 0010: a beginning without a date is that of the night before its end. */
export function beginningBefore(begins: EnteredMinute, ends: EnteredMinute): number {
  return begins.ms > ends.ms && !begins.dated ? begins.ms - DAY_MS : begins.ms;
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
