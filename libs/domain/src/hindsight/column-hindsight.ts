import { MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { type ColumnFilter, questionFilter, type TextHits } from '../situation/column-filter.ts';
import { HOUR_KNOWN } from '../situation/packed-row.ts';
import type { SituationQuery } from '../situation/situation.ts';
import type { SituationColumns } from '../situation/situation-columns.ts';
import { DAY, planSituation, type SituationPlan } from '../situation/situation-plan.ts';
import { firstMinuteAt, offsetAt } from '../situation/zone-offsets.ts';
import { BucketSums } from './bucket-sums.ts';
import { DelaySums } from './delay-sums.ts';
import type { Hindsight } from './hindsight.ts';

/**
 * Known then against known now, in one pass over the columns: a version stood at the end of its bucket
 * if it was in force as of the last event recorded by then, and stands now if it is in force as of the
 * moment that is asked about.
 *
 * @param reached the running maximum of `time` by event, milliseconds since 1970
 */
export function hindsightOf(
  columns: SituationColumns,
  query: SituationQuery,
  asOf: number,
  reached: Float64Array,
  hits?: TextHits,
): Hindsight {
  const plan = planSituation(query);
  const sums = new BucketSums(columns, hourOrDayBounds(plan), asOf, reached);
  const delays = new DelaySums(columns);
  const passes = questionFilter(columns, withinWindow(plan), hits);
  const pass: Pass = { columns, plan, passes, asOf, reached, sums, delays };
  for (const [first, last] of columns.spans.within(columns.endOf(asOf), plan.from, plan.at)) {
    addSpan(pass, first, last);
  }
  return { query, asOf, whole: sums.whole(), buckets: sums.told(), delay: delays.told() };
}

interface Pass {
  readonly columns: SituationColumns;
  readonly plan: SituationPlan;
  readonly passes: ColumnFilter;
  readonly asOf: number;
  readonly reached: Float64Array;
  readonly sums: BucketSums;
  readonly delays: DelaySums;
}

/** Called for every span: the engine makes better code of a function than of a loop that it meets once. */
function addSpan(pass: Pass, first: number, last: number): void {
  const { columns, plan, passes, asOf, reached, sums, delays } = pass;
  const { from, to, minute, beyond, packed, first: firsts } = columns;
  const { from: begin, at: end } = plan;
  const { mask, value, more } = passes;
  for (let at = first; at < last; at += 1) {
    const began = minute[at] ?? 0;
    if (began < begin || began >= end) continue;
    const bits = packed[at] ?? 0;
    if ((bits & mask) !== value) continue;
    if (more !== undefined && !more(at)) continue;
    const stands = (to[at] ?? 0) > asOf;
    sums.add(at, began, stands);
    if (!stands) continue;
    if ((bits & HOUR_KNOWN) === 0) delays.addUntimed(at);
    else {
      const recorded = reached[from[firsts[at] ?? 0] ?? 0] ?? 0;
      delays.add(at, recorded - began * MINUTE_MS - (beyond[at] ?? 0));
    }
  }
}

/** The second axis says nothing more where the window ends at it, and then is not asked of every version. */
function withinWindow({ at, query }: SituationPlan): SituationQuery {
  const { occurredUntil, ...rest } = query;
  if (occurredUntil === undefined || parseInstant(occurredUntil).ms < at * MINUTE_MS) return query;
  return rest;
}

/** More are no chart any more; then the buckets are those of the dashboard: weeks, months, years. */
const MOST_BUCKETS = 400;

/** Hours for two days and less, else days, on the clocks of the zone. */
function hourOrDayBounds({ from, at, zone, bounds }: SituationPlan): readonly number[] {
  const step = at - from <= 2 * DAY ? 60 : DAY;
  if ((at - from) / step > MOST_BUCKETS)
    return [from, ...bounds.filter((each) => each > from && each < at), at];
  const made = [from];
  const local = from + offsetAt(zone, from);
  for (let next = Math.floor(local / step) * step + step; ; next += step) {
    const bound = firstMinuteAt(zone, next);
    if (bound >= at) break;
    if (bound > (made.at(-1) ?? bound)) made.push(bound);
  }
  return [...made, at];
}
