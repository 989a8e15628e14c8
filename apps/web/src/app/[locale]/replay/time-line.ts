import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { millis } from '../../../format/instants.ts';

/**
 * The log's life as a line from 0 to 1 in recorded time: where an event stands on it and which event
 * stands at a place. Inside of a part events are taken to be evenly spread; going there and back never
 * leads past another event than one of the same part.
 */
export interface TimeLine {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly through: readonly number[];
}

/** Null for a log without events. */
export function timeLineOf({ from, to, before, through }: LogMoments): TimeLine | null {
  if (from === null || to === null) return null;
  return { from: millis(from), to: millis(to), before, through };
}

/** Events in each part. */
export function densityOf({ before, through }: TimeLine): readonly number[] {
  return through.map((last, part) => last - (part === 0 ? before : (through[part - 1] ?? before)));
}

export function placeOf(line: TimeLine, seq: number): number {
  const { through } = line;
  const part = through.findIndex((last) => last >= seq);
  if (part < 0) return 1;
  const before = lastBefore(line, part);
  const events = (through[part] ?? before) - before;
  const within = events === 0 ? 0 : (seq - before) / events;
  return clamp((part + within) / through.length);
}

/** The last event recorded by that place; the first of all where there is none. */
export function seqAt(line: TimeLine, place: number): number {
  const { through } = line;
  const parts = clamp(place) * through.length;
  const part = Math.min(through.length - 1, Math.floor(parts));
  const before = lastBefore(line, part);
  const events = (through[part] ?? before) - before;
  return Math.max(0, before + Math.round(Math.min(1, parts - part) * events));
}

/** The instant of a place, milliseconds since 1970. */
export function instantAt({ from, to }: Pick<TimeLine, 'from' | 'to'>, place: number): number {
  return Math.round(from + clamp(place) * (to - from));
}

function lastBefore({ before, through }: TimeLine, part: number): number {
  return part === 0 ? before : (through[part - 1] ?? before);
}

export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
