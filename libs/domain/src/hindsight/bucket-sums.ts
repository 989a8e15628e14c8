import { MINUTE_MS } from '../measure/instant.ts';
import { RETRACTED } from '../situation/packed-row.ts';
import type { SituationColumns } from '../situation/situation-columns.ts';
import { instantOf } from '../situation/situation-plan.ts';
import type { HindsightBucket } from './hindsight.ts';

/** Places of one bucket's sums. */
const THEN = 0;
const NOW = 1;
const SAME = 2;
const LATE = 3;
const CORRECTED = 4;
const RETRACTED_SINCE = 5;
const WIDTH = 6;

/** Observations of each bucket as they stood at its end and as they stand now; and of all as one bucket. */
export class BucketSums {
  private readonly columns: SituationColumns;
  private readonly bounds: Int32Array;
  private readonly asOf: number;
  /** The last event recorded by the end of each bucket; -1 for none. The last bucket ends with the window. */
  private readonly known: Float64Array;
  private readonly sums: Uint32Array;
  /** Place of the bucket that stands for all of them. */
  private readonly all: number;
  /** Most versions in log order are of the bucket of the one before. */
  private bucket = 0;

  constructor(
    columns: SituationColumns,
    bounds: readonly number[],
    asOf: number,
    reached: Float64Array,
  ) {
    this.columns = columns;
    this.bounds = Int32Array.from(bounds);
    this.asOf = asOf;
    this.known = Float64Array.from(bounds.slice(1), (bound) =>
      lastReachedBy(reached, asOf, bound * MINUTE_MS),
    );
    this.all = this.known.length;
    this.sums = new Uint32Array(WIDTH * (this.all + 1));
  }

  /** @param stands whether the version is in force now */
  add(at: number, began: number, stands: boolean): void {
    const bucket = this.bucketOf(began);
    this.addTo(bucket * WIDTH, this.known[bucket] ?? -1, at, stands);
    this.addTo(this.all * WIDTH, this.known[this.all - 1] ?? -1, at, stands);
  }

  whole(): HindsightBucket {
    return this.bucketAt(this.all, this.bounds[0] ?? 0, this.bounds.at(-1) ?? 0);
  }

  told(): readonly HindsightBucket[] {
    return Array.from(this.known, (_, bucket) =>
      this.bucketAt(bucket, this.bounds[bucket] ?? 0, this.bounds[bucket + 1] ?? 0),
    );
  }

  private bucketAt(bucket: number, from: number, to: number): HindsightBucket {
    const sum = (place: number) => this.sums[bucket * WIDTH + place] ?? 0;
    return {
      from: instantOf(from),
      to: instantOf(to),
      known: this.known[Math.min(bucket, this.all - 1)] ?? -1,
      then: sum(THEN),
      now: sum(NOW),
      same: sum(SAME),
      gone: sum(THEN) - sum(SAME),
      retracted: sum(RETRACTED_SINCE),
      late: sum(LATE),
      corrected: sum(CORRECTED),
    };
  }

  private addTo(place: number, known: number, at: number, stands: boolean): void {
    const { from, to, origin } = this.columns;
    const stood = (from[at] ?? 0) <= known && known < (to[at] ?? 0);
    if (stood) this.count(place + THEN);
    if (!stands) {
      if (stood && this.isRetractedNow(at)) this.count(place + RETRACTED_SINCE);
      return;
    }
    this.count(place + NOW);
    if (stood || this.isReinstated(at, known)) this.count(place + SAME);
    else this.count(place + ((origin[at] ?? 0) > known ? LATE : CORRECTED));
  }

  /** Whether it says what stood then: taken back since and put forward again, and never reworded. */
  private isReinstated(at: number, known: number): boolean {
    const { from, to, packed, origin } = this.columns;
    const first = origin[at] ?? 0;
    if (first > known) return false;
    const isRetracted = (version: number) => ((packed[version] ?? 0) & RETRACTED) !== 0;
    let stood = false;
    for (let version = this.versionFrom(first), next = version; version !== at; version = next) {
      next = this.versionFrom(to[version] ?? 0);
      if ((from[version] ?? 0) <= known && known < (to[version] ?? 0)) {
        if (isRetracted(version)) return false;
        stood = true;
      }
      if (stood && !isRetracted(version) && !isRetracted(next)) return false;
    }
    return stood;
  }

  private versionFrom(seq: number): number {
    return this.columns.endOf(seq) - 1;
  }

  /** A version ends with the event that begins the next one of the same observation. */
  private isRetractedNow(at: number): boolean {
    const { to, packed } = this.columns;
    let version = at;
    for (let end = to[version] ?? 0; end <= this.asOf; end = to[version] ?? 0) {
      version = this.versionFrom(end);
    }
    return ((packed[version] ?? 0) & RETRACTED) !== 0;
  }

  private count(place: number): void {
    this.sums[place] = (this.sums[place] ?? 0) + 1;
  }

  private bucketOf(minute: number): number {
    const { bounds } = this;
    if (minute >= (bounds[this.bucket] ?? 0) && minute < (bounds[this.bucket + 1] ?? 0))
      return this.bucket;
    let [low, high] = [0, bounds.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((bounds[middle] ?? 0) <= minute) low = middle;
      else high = middle - 1;
    }
    this.bucket = low;
    return low;
  }
}

/** By halving: the running maximum never falls. An event at the end of a bucket is no more of its time. */
function lastReachedBy(reached: Float64Array, asOf: number, instant: number): number {
  let [low, high] = [-1, asOf];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((reached[middle] ?? Number.POSITIVE_INFINITY) < instant) low = middle;
    else high = middle - 1;
  }
  return low;
}
