import { HOUR_MS, MINUTE_MS } from '../measure/instant.ts';
import { beganBefore, columnFilter, type TextHits } from '../situation/column-filter.ts';
import { HOUR_KNOWN } from '../situation/packed-row.ts';
import type { SituationQuery } from '../situation/situation.ts';
import { OPEN, type SituationColumns } from '../situation/situation-columns.ts';
import { DAY, instantOf, planSituation, type SituationPlan } from '../situation/situation-plan.ts';
import { firstMinuteAt, offsetAt } from '../situation/zone-offsets.ts';
import { DELAY_HOURS, type Hindsight, type ReportingDelay } from './hindsight.ts';

/**
 * Known then against known now, in one pass over the columns: a version stood at the end of its bucket
 * if it was in force as of the last event recorded by then, and stands now if it is in force as of the
 * moment that is asked about.
 */

/** @param reached the running maximum of `time` by event, milliseconds since 1970 */
export function hindsightOf(
  columns: SituationColumns,
  query: SituationQuery,
  asOf: number,
  reached: ArrayLike<number>,
  hits?: TextHits,
): Hindsight {
  const plan = planSituation(query);
  const bounds = hourOrDayBounds(plan);
  const sums = new BucketSums(bounds, asOf, reached);
  const delays = new DelaySums();
  const { filter, occurredUntil } = query;
  const passes = beganBefore(columns, columnFilter(columns, filter, hits), occurredUntil);
  const end = columns.endOf(asOf);
  const origins = originsOf(columns);
  const { from, to, minute, beyond, packed, contingent, unit } = columns;
  for (const [first, last] of columns.spans.within(end, plan.from, plan.at)) {
    for (let at = first; at < last; at += 1) {
      const began = minute[at] ?? 0;
      if (began < plan.from || began >= plan.at) continue;
      const bits = packed[at] ?? 0;
      if ((bits & passes.mask) !== passes.value) continue;
      if (passes.more !== undefined && !passes.more(at)) continue;
      const origin = origins[at] ?? 0;
      const stands = (to[at] ?? 0) > asOf;
      sums.add(began, from[at] ?? 0, to[at] ?? 0, origin, stands);
      if (!stands) continue;
      const ms = began * MINUTE_MS + (beyond[at] ?? 0);
      const delay = (bits & HOUR_KNOWN) === 0 ? undefined : (reached[origin] ?? ms) - ms;
      delays.add(delay, contingent[at] ?? 0, unit[at] ?? 0);
    }
  }
  return { query, asOf, buckets: sums.told(), delay: delays.told(columns) };
}

/**
 * The event that recorded the observation of which each version is, by place in the columns. No moment
 * changes it, so it is made anew only when there are more versions.
 */
function originsOf(columns: SituationColumns): Uint32Array {
  const known = KNOWN_ORIGINS.get(columns);
  if (known?.length === columns.length) return known;
  const origins = columns.from.slice(0, columns.length);
  for (let at = 0; at < origins.length; at += 1) {
    const ended = columns.to[at] ?? OPEN;
    // A version ends with the event that begins the next one of the same observation.
    if (ended !== OPEN) origins[columns.endOf(ended) - 1] = origins[at] ?? 0;
  }
  KNOWN_ORIGINS.set(columns, origins);
  return origins;
}

const KNOWN_ORIGINS = new WeakMap<SituationColumns, Uint32Array>();

/** More are no chart any more; then the buckets are those of the dashboard. */
const MOST_BUCKETS = 4_000;

/** Hours for two days and less, else days, on the clocks of the zone. */
function hourOrDayBounds({ from, at, zone, bounds }: SituationPlan): readonly number[] {
  const step = at - from <= 2 * DAY ? 60 : DAY;
  if ((at - from) / step > MOST_BUCKETS) return bounds;
  const made = [from];
  const local = from + offsetAt(zone, from);
  for (let next = Math.floor(local / step) * step + step; ; next += step) {
    const bound = firstMinuteAt(zone, next);
    if (bound >= at) break;
    if (bound > (made.at(-1) ?? bound)) made.push(bound);
  }
  return [...made, at];
}

/** Places of `then`, `now`, `same`, `late` and `corrected` of one bucket. */
const WIDTH = 5;

class BucketSums {
  readonly #bounds: readonly number[];
  readonly #known: Float64Array;
  readonly #sums: Float64Array;
  /** Most versions in log order are of the bucket of the one before. */
  #bucket = 0;

  constructor(bounds: readonly number[], asOf: number, reached: ArrayLike<number>) {
    this.#bounds = bounds;
    this.#known = Float64Array.from(bounds.slice(1), (bound) =>
      lastReachedBy(reached, asOf, bound * MINUTE_MS),
    );
    this.#sums = new Float64Array(WIDTH * (bounds.length - 1));
  }

  add(began: number, from: number, to: number, origin: number, stands: boolean): void {
    const bucket = this.#bucketOf(began);
    const known = this.#known[bucket] ?? -1;
    const stood = from <= known && known < to;
    const place = bucket * WIDTH;
    if (stood) this.#count(place);
    if (!stands) return;
    this.#count(place + 1);
    if (stood) this.#count(place + 2);
    else this.#count(place + (origin > known ? 3 : 4));
  }

  told(): Hindsight['buckets'] {
    return this.#bounds.slice(1).map((bound, bucket) => {
      const [then = 0, now = 0, same = 0, late = 0, corrected = 0] = this.#sums.subarray(
        bucket * WIDTH,
        (bucket + 1) * WIDTH,
      );
      return {
        from: instantOf(this.#bounds[bucket] ?? 0),
        to: instantOf(bound),
        known: this.#known[bucket] ?? -1,
        then,
        now,
        same,
        gone: then - same,
        late,
        corrected,
      };
    });
  }

  #count(place: number): void {
    this.#sums[place] = (this.#sums[place] ?? 0) + 1;
  }

  #bucketOf(minute: number): number {
    const bounds = this.#bounds;
    const begin = bounds[this.#bucket] ?? 0;
    if (minute >= begin && minute < (bounds[this.#bucket + 1] ?? 0)) return this.#bucket;
    let [low, high] = [0, bounds.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((bounds[middle] ?? 0) <= minute) low = middle;
      else high = middle - 1;
    }
    this.#bucket = low;
    return low;
  }
}

/** By halving: the running maximum never falls. An event at the end of a bucket is no more of its time. */
function lastReachedBy(reached: ArrayLike<number>, asOf: number, instant: number): number {
  let [low, high] = [-1, asOf];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((reached[middle] ?? Number.POSITIVE_INFINITY) < instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface DelaySum {
  observations: number;
  hourUnknown: number;
  readonly within: number[];
}

class DelaySums {
  readonly #all = nothing();
  readonly #contingents = new Map<number, DelaySum>();
  readonly #units = new Map<number, DelaySum>();

  /** @param delay milliseconds from its beginning to its recording; undefined where the hour is unknown */
  add(delay: number | undefined, contingent: number, unit: number): void {
    addTo(this.#all, delay);
    addTo(sumOf(this.#contingents, contingent), delay);
    addTo(sumOf(this.#units, unit), delay);
  }

  told({ contingents, units }: SituationColumns): Hindsight['delay'] {
    return {
      ...this.#all,
      byContingent: byWord(this.#contingents, contingents.list),
      byUnit: byWord(this.#units, units.list),
    };
  }
}

function nothing(): DelaySum {
  return { observations: 0, hourUnknown: 0, within: DELAY_HOURS.map(() => 0) };
}

function sumOf(sums: Map<number, DelaySum>, index: number): DelaySum {
  const known = sums.get(index);
  if (known !== undefined) return known;
  const made = nothing();
  sums.set(index, made);
  return made;
}

function addTo(sum: DelaySum, delay: number | undefined): void {
  sum.observations += 1;
  if (delay === undefined) {
    sum.hourUnknown += 1;
    return;
  }
  for (let at = 0; at < DELAY_HOURS.length; at += 1) {
    if (delay <= (DELAY_HOURS[at] ?? 0) * HOUR_MS) sum.within[at] = (sum.within[at] ?? 0) + 1;
  }
}

function byWord(
  sums: ReadonlyMap<number, DelaySum>,
  words: readonly (string | null)[],
): Readonly<Record<string, ReportingDelay>> {
  return Object.fromEntries([...sums].map(([index, sum]) => [words[index] ?? '-', sum]));
}
