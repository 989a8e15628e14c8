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
/** Offsets are looked up and remembered by blocks of 26 steps, about a year. */
const BLOCK = 26 * STEP;

interface Block {
  /** Offset at the block's first minute. */
  readonly first: number;
  readonly changes: readonly { readonly minute: number; readonly offset: number }[];
}

/** What Intl answers for a zone never changes while the program runs, and a lookup costs 10 µs. */
const blocks = new Map<string, Block>();

export function zoneOffsets(zone: string, from: number, to: number): ZoneOffsets {
  const first = Math.floor(from / BLOCK);
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [blockOf(zone, first).first];
  for (let index = first; index * BLOCK < to; index += 1) {
    for (const { minute, offset } of blockOf(zone, index).changes) {
      starts.push(minute);
      offsets.push(offset);
    }
  }
  return { starts, offsets };
}

export function offsetAt({ starts, offsets }: ZoneOffsets, minute: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= minute) low = middle;
    else high = middle - 1;
  }
  return offsets[low] ?? 0;
}

/** The first minute at which the zone's clocks show `local` or, where they jump over it, a later time. */
export function firstMinuteAt({ starts, offsets }: ZoneOffsets, local: number): number {
  for (let piece = 0; piece < starts.length; piece += 1) {
    const minute = Math.max(starts[piece] ?? 0, local - (offsets[piece] ?? 0));
    if (minute < (starts[piece + 1] ?? Number.POSITIVE_INFINITY)) return minute;
  }
  throw new RangeError('a zone has a last piece without an end');
}

function blockOf(zone: string, index: number): Block {
  const key = `${zone} ${index}`;
  const known = blocks.get(key);
  if (known !== undefined) return known;
  const made = readBlock(zone, index * BLOCK);
  blocks.set(key, made);
  return made;
}

function readBlock(zone: string, from: number): Block {
  const first = offsetAtMinute(zone, from);
  const changes: { minute: number; offset: number }[] = [];
  let before = first;
  for (let low = from; low < from + BLOCK; low += STEP) {
    const offset = offsetAtMinute(zone, low + STEP);
    if (offset !== before)
      changes.push({ minute: changeBetween(zone, low, low + STEP, before), offset });
    before = offset;
  }
  return { first, changes };
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
