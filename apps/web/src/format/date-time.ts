import { civilOf } from '@ceasewatch/domain/measure/instant';
import { wallOf } from '@ceasewatch/domain/measure/zone';
import { clock, date, millis, zoneLetter } from './instants.ts';
import { twoDigits } from './numbers.ts';

/** `22 NOV 2026 14:10:07 D`: an instant to the second, with the letter of its zone. */
export function toTheSecond(instant: string, zone: string): string {
  const ms = millis(instant);
  const { second } = civilOf(wallOf(zone, ms));
  return `${date(ms, zone)} ${clock(ms, zone)}:${twoDigits(Math.floor(second))} ${zoneLetter(zone, ms)}`;
}

/** `22 NOV 2026 14:10 D`: an instant to the minute, as agreements state theirs. */
export function toTheMinute(instant: string, zone: string): string {
  const ms = millis(instant);
  return `${date(ms, zone)} ${clock(ms, zone)} ${zoneLetter(zone, ms)}`;
}
