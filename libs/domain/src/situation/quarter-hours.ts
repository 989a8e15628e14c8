import { hourOfWeek, type SituationPlan } from './situation-plan.ts';

/**
 * Bucket and hour of the week by quarter of an hour: every clock of today is whole quarters off UTC, so
 * within one nothing changes, and a pass over a million rows looks up what a few rows compute.
 */
export interface QuarterHours {
  /** Minute at which the first quarter begins. */
  readonly first: number;
  readonly bucket: Uint16Array;
  readonly hour: Uint8Array;
}

export const QUARTER = 15;
const OF_A_WEEK = 7 * 24 * 4;
/** Sixty years: 6 MB for as long as a pass takes. */
const MOST = 60 * 366 * 24 * 4;

/**
 * Undefined where the zone's clocks were not whole quarters off, or the window is longer than such clocks
 * have been in use: then rows are looked up one by one.
 */
export function quarterHours(plan: SituationPlan): QuarterHours | undefined {
  const { zone, bounds, from, at } = plan;
  const edges = [...zone.offsets, ...zone.starts.slice(1), ...bounds];
  const first = Math.floor(from / QUARTER);
  const length = Math.ceil(at / QUARTER) - first;
  if (length > MOST || edges.some((minutes) => minutes % QUARTER !== 0)) return undefined;
  const bucket = new Uint16Array(length);
  bounds.forEach((bound, index) => bucket.fill(index, Math.max(0, bound / QUARTER - first)));
  const hour = new Uint8Array(length);
  zone.offsets.forEach((offset, piece) => {
    const begin = Math.max(0, (zone.starts[piece] ?? 0) / QUARTER - first);
    const end = (zone.starts[piece + 1] ?? Number.POSITIVE_INFINITY) / QUARTER - first;
    // Counted on, not divided: sixty years have two million quarters.
    const local = first + begin + offset / QUARTER;
    let ofWeek = hourOfWeek(local * QUARTER) * 4 + (local & 3);
    for (let quarter = begin; quarter < Math.min(length, end); quarter += 1) {
      hour[quarter] = ofWeek >> 2;
      ofWeek = ofWeek + 1 === OF_A_WEEK ? 0 : ofWeek + 1;
    }
  });
  return { first: first * QUARTER, bucket, hour };
}
