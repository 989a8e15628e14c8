import { type ColumnFilter, questionFilter, type TextHits } from './column-filter.ts';
import { MINUTE_MS } from '../measure/instant.ts';
import { figuresOf } from './packed-row.ts';
import type { SituationQuery } from './situation.ts';
import { type CountDetails, DETAILED, type SituationColumns, Words } from './situation-columns.ts';
import { planSituation, type SituationPlan } from './situation-plan.ts';

/**
 * What the figures of a moment are summed from: the versions in force as of an event that pass the
 * filter, in log order, as columns. With them and the changes that follow, figures can be carried on
 * through time as well as through the log, because a window that moves on loses and wins rows.
 */
export interface StandingVersions {
  /** The events that began them, ascending. */
  readonly from: Uint32Array;
  /** When what they tell of began: whole minutes since 1970. */
  readonly minute: Int32Array;
  /** See `packed-row.ts`. */
  readonly packed: Uint32Array;
  /** Index into `sectors`. */
  readonly sector: Uint16Array;
  readonly count: Int32Array;
  readonly countCode: Uint8Array;
  readonly sectors: readonly (string | null)[];
  /** Of each version whose `countCode` says so, in order. */
  readonly details: readonly CountDetails[];
}

/**
 * All of them that any window or figure reaches which ends at the query's `at` or later.
 *
 * @param most null is the answer where there are more
 */
export function standingVersions(
  columns: SituationColumns,
  query: SituationQuery,
  asOf: number,
  most: number,
  hits?: TextHits,
): StandingVersions | null {
  const passes = questionFilter(columns, query, hits);
  const found = standing(columns, passes, asOf, most, planSituation(query));
  if (found === null) return null;
  // Words by small numbers of their own: of the columns' words some are not known yet at that event.
  const sectors = new Words(columns.sectors.list.length + 1);
  const sector = Uint16Array.from(found, (at) =>
    sectors.indexOf(columns.sectors.list[columns.sector[at] ?? 0] ?? null),
  );
  return {
    from: picked(columns.from, found, new Uint32Array(found.length)),
    minute: picked(columns.minute, found, new Int32Array(found.length)),
    packed: picked(columns.packed, found, new Uint32Array(found.length)),
    sector,
    count: picked(columns.count, found, new Int32Array(found.length)),
    countCode: picked(columns.countCode, found, new Uint8Array(found.length)),
    sectors: sectors.list,
    details: [...found].flatMap((at) => columns.details.get(at) ?? []),
  };
}

/** Puts them into columns of their own, which are empty. */
export function appendStanding(columns: SituationColumns, standing: StandingVersions): void {
  let detailed = 0;
  standing.from.forEach((from, at) => {
    const countCode = standing.countCode[at] ?? 0;
    columns.appendParts({
      from,
      to: null,
      began: (standing.minute[at] ?? 0) * MINUTE_MS,
      packed: standing.packed[at] ?? 0,
      sector: standing.sectors[standing.sector[at] ?? 0] ?? null,
      countCode,
      countValue: standing.count[at] ?? 0,
      details: countCode === DETAILED ? standing.details[detailed++] : undefined,
      ...JUDGED_ALREADY,
    });
  });
}

/** What only a filter asks of a version, and these have passed theirs. */
const JUDGED_ALREADY = { means: 0, unit: '', contingent: null, lat: 0, lon: 0 };

function standing(
  columns: SituationColumns,
  { mask, value, more }: ColumnFilter,
  asOf: number,
  most: number,
  { earliest, previousFrom }: SituationPlan,
): Uint32Array | null {
  const end = columns.endOf(asOf);
  const found = new Uint32Array(Math.min(end, most));
  let length = 0;
  for (const [begin, stop] of columns.spans.within(end, earliest, Number.POSITIVE_INFINITY)) {
    for (let at = begin; at < stop; at += 1) {
      const began = columns.minute[at] ?? 0;
      const bits = columns.packed[at] ?? 0;
      if (began < earliest || (columns.to[at] ?? 0) <= asOf || (bits & mask) !== value) continue;
      // Before both windows only the baselines of the figures reach.
      if (began < previousFrom && figuresOf(bits) === 0) continue;
      if (more !== undefined && !more(at)) continue;
      if (length === most) return null;
      found[length++] = at;
    }
  }
  return found.subarray(0, length);
}

function picked<Column extends { [at: number]: number }>(
  column: { readonly [at: number]: number },
  found: Uint32Array,
  into: Column,
): Column {
  found.forEach((at, place) => {
    into[place] = column[at] ?? 0;
  });
  return into;
}
