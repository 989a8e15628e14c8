import { MINUTE_MS } from '../measure/instant.ts';
import { RETRACTED } from '../situation/packed-row.ts';
import type { SituationColumns } from '../situation/situation-columns.ts';
import { instantOf } from '../situation/situation-plan.ts';
import type { HindsightBucket } from './hindsight.ts';

/** What a version is to a bucket: one count each, of which the figures are summed up when told. */
const NOTHING = 0;
/** Stood at its end and stands now. */
const SAME = 1;
/** Stands now and says what stood then, and was taken back in between. */
const REINSTATED = 2;
const LATE = 3;
const CORRECTED = 4;
/** Stood at its end and does not stand now. */
const GONE = 5;
const RETRACTED_SINCE = 6;
const WIDTH = 7;

/** Observations of each bucket as they stood at its end and as they stand now; and of all as one bucket. */
export class BucketSums {
  private readonly columns: SituationColumns;
  private readonly from: Uint32Array;
  private readonly to: Uint32Array;
  private readonly bounds: Int32Array;
  private readonly asOf: number;
  /** How many events were recorded by the end of each bucket. The last bucket ends with the window. */
  private readonly known: Uint32Array;
  private readonly knownAtEnd: number;
  private readonly sums: Uint32Array;
  /** Versions that stood at the end of their bucket and stand now: most of them, and counted once for both. */
  private readonly unchanged: Uint32Array;
  /** Place of the bucket that stands for all of them. */
  private readonly all: number;
  /** By slots of so many binary digits of minutes: the bucket in which each slot begins. */
  private readonly slots: Uint16Array;
  private readonly slotBits: number;

  constructor(
    columns: SituationColumns,
    bounds: readonly number[],
    asOf: number,
    reached: Float64Array,
  ) {
    this.columns = columns;
    this.from = columns.from;
    this.to = columns.to;
    this.bounds = Int32Array.from(bounds);
    this.slotBits = slotBitsOf((bounds.at(-1) ?? 0) - (bounds[0] ?? 0));
    this.slots = slotsOf(this.bounds, this.slotBits);
    this.asOf = asOf;
    this.known = Uint32Array.from(
      bounds.slice(1),
      (bound) => lastReachedBy(reached, asOf, bound * MINUTE_MS) + 1,
    );
    this.all = this.known.length;
    this.knownAtEnd = this.known.at(-1) ?? 0;
    this.sums = new Uint32Array(WIDTH * (this.all + 1));
    this.unchanged = new Uint32Array(this.all);
  }

  /** @param stands whether the version is in force now */
  add(at: number, began: number, stands: boolean): void {
    const bucket = this.bucketOf(began);
    // What was known by the end of its bucket was known by the end of the window.
    if (stands && (this.from[at] ?? 0) < (this.known[bucket] ?? 0)) {
      this.unchanged[bucket] = (this.unchanged[bucket] ?? 0) + 1;
    } else this.addChanged(at, bucket, stands);
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
    const of = (sort: number) => this.sums[bucket * WIDTH + sort] ?? 0;
    const unchanged = of(SAME) + this.unchangedIn(bucket);
    const gone = of(GONE) + of(RETRACTED_SINCE);
    const same = unchanged + of(REINSTATED);
    return {
      from: instantOf(from),
      to: instantOf(to),
      known: (this.known[Math.min(bucket, this.all - 1)] ?? 0) - 1,
      then: unchanged + gone,
      now: same + of(LATE) + of(CORRECTED),
      same,
      gone: gone - of(REINSTATED),
      retracted: of(RETRACTED_SINCE),
      late: of(LATE),
      corrected: of(CORRECTED),
    };
  }

  private unchangedIn(bucket: number): number {
    if (bucket < this.all) return this.unchanged[bucket] ?? 0;
    return this.unchanged.reduce((sum, each) => sum + each, 0);
  }

  private addChanged(at: number, bucket: number, stands: boolean): void {
    this.count(bucket, this.sortOf(at, this.known[bucket] ?? 0, stands));
    this.count(this.all, this.sortOf(at, this.knownAtEnd, stands));
  }

  /** @param known how many events had been recorded */
  private sortOf(at: number, known: number, stands: boolean): number {
    const stood = (this.from[at] ?? 0) < known && known <= (this.to[at] ?? 0);
    if (stands && stood) return SAME;
    if (stands) {
      const { from, first } = this.columns;
      if ((from[first[at] ?? 0] ?? 0) >= known) return LATE;
      return this.isReinstated(at, known - 1) ? REINSTATED : CORRECTED;
    }
    if (!stood) return NOTHING;
    return this.isRetractedNow(at) ? RETRACTED_SINCE : GONE;
  }

  /** Whether it says what stood then: taken back since and put forward again, and never reworded. */
  private isReinstated(at: number, known: number): boolean {
    const { from, to, packed, first } = this.columns;
    const isRetracted = (version: number) => ((packed[version] ?? 0) & RETRACTED) !== 0;
    let stood = false;
    for (let version = first[at] ?? at, next = version; version !== at; version = next) {
      next = this.columns.next[version] ?? at;
      if ((from[version] ?? 0) <= known && known < (to[version] ?? 0)) {
        if (isRetracted(version)) return false;
        stood = true;
      }
      if (stood && !isRetracted(version) && !isRetracted(next)) return false;
    }
    return stood;
  }

  private isRetractedNow(at: number): boolean {
    const { to, next, packed } = this.columns;
    let version = at;
    while (next[version] !== 0 && (to[version] ?? 0) <= this.asOf) version = next[version] ?? 0;
    return ((packed[version] ?? 0) & RETRACTED) !== 0;
  }

  private count(bucket: number, sort: number): void {
    const place = bucket * WIDTH + sort;
    this.sums[place] = (this.sums[place] ?? 0) + 1;
  }

  private bucketOf(minute: number): number {
    const { bounds } = this;
    let bucket = this.slots[(minute - (bounds[0] ?? 0)) >> this.slotBits] ?? 0;
    while (minute >= (bounds[bucket + 1] ?? minute + 1)) bucket += 1;
    return bucket;
  }
}

/** As many slots as are filled in no time. */
const MOST_SLOTS = 20_000;
/** A quarter of an hour: finer than buckets are. */
const LEAST_SLOT_BITS = 4;

function slotBitsOf(minutes: number): number {
  let bits = LEAST_SLOT_BITS;
  while (minutes >> bits > MOST_SLOTS) bits += 1;
  return bits;
}

function slotsOf(bounds: Int32Array, bits: number): Uint16Array {
  const [first = 0] = bounds;
  const end = bounds.at(-1) ?? first;
  let bucket = 0;
  return Uint16Array.from({ length: ((end - first) >> bits) + 1 }, (_, slot) => {
    while (first + (slot << bits) >= (bounds[bucket + 1] ?? end) && bucket < bounds.length - 2) {
      bucket += 1;
    }
    return bucket;
  });
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
