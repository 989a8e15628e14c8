import { MINUTE_MS } from '../measure/instant.ts';
import { offsetMinutes } from '../measure/zone.ts';

/**
 * A zone's offsets over a span as a short list of pieces, so that a pass over a million rows asks Intl
 * a few hundred times at most. All times here are whole minutes since 1970; `local` minutes count wall
 * time as if it were UTC.
 */
export interface ZoneOffsets {
  /** First minute of each piece, rising; the first piece has no beginning. */
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

/** Clocks are never changed twice within this span, so an equal offset at both ends is one piece. */
const STEP = 14 * 24 * 60;

export function zoneOffsets(zone: string, from: number, to: number): ZoneOffsets {
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [offsetAtMinute(zone, from)];
  for (let low = from; low < to; low += STEP) {
    const high = low + STEP;
    const before = offsetAtMinute(zone, low);
    const after = offsetAtMinute(zone, high);
    if (before === after) continue;
    starts.push(changeBetween(zone, low, high, before));
    offsets.push(after);
  }
  return { starts, offsets };
}

export function offsetAt({ starts, offsets }: ZoneOffsets, minute: number): number {
  let piece = starts.length - 1;
  while (piece > 0 && minute < (starts[piece] ?? 0)) piece -= 1;
  return offsets[piece] ?? 0;
}

/** The first minute at which the zone's clocks show `local` or, where they jump over it, a later time. */
export function firstMinuteAt({ starts, offsets }: ZoneOffsets, local: number): number {
  for (let piece = 0; piece < starts.length; piece += 1) {
    const minute = Math.max(starts[piece] ?? 0, local - (offsets[piece] ?? 0));
    if (minute < (starts[piece + 1] ?? Number.POSITIVE_INFINITY)) return minute;
  }
  throw new RangeError('a zone has a last piece without an end');
}

function changeBetween(zone: string, from: number, to: number, before: number): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAtMinute(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Offsets of the nineteenth century had seconds; the minute is what buckets are made of. */
function offsetAtMinute(zone: string, minute: number): number {
  return Math.round(offsetMinutes(zone, minute * MINUTE_MS));
}
