import { MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { type Bits, clearBit, clearRange, hasBit, keepCommon, noBits } from './bits.ts';
import type { TextHits } from './column-filter.ts';
import type { ColumnConditions } from './column-conditions.ts';
import type { ObservationFilter } from './situation.ts';
import type { SituationColumns } from './situation-columns.ts';

/**
 * The versions in force as of an event that pass a filter, its `from` and `to` included, until others are
 * asked for: what each condition lets pass, cut with one another. What may be anywhere (a box, an instant) is
 * looked for among what is left.
 */
export function passingVersions(
  columns: SituationColumns,
  conditions: ColumnConditions,
  filter: ObservationFilter,
  asOf: number,
  hits?: TextHits,
): Bits {
  const { q, bbox, located } = filter;
  if (bbox !== undefined && located === false) return noBits(0);
  if (q !== undefined && hits === undefined) return noBits(0);
  const bits = columns.ended.standing(columns.endOf(asOf), asOf);
  for (const passing of conditions.of(filter)) keepCommon(bits, passing);
  if (hits !== undefined) keepCommon(bits, hits);
  keepWithin(columns, bits, filter);
  if (bbox !== undefined) keepCommon(bits, conditions.inBox(bbox));
  return bits;
}

/** Leaves what began in the filter's time; most spans lie in it or beyond it as a whole. */
function keepWithin(columns: SituationColumns, bits: Bits, { from, to }: ObservationFilter): void {
  if (from === undefined && to === undefined) return;
  const begin = from === undefined ? Number.NEGATIVE_INFINITY : parseInstant(from).ms;
  const end = to === undefined ? Number.POSITIVE_INFINITY : parseInstant(to).ms;
  // A minute in which the time begins or ends is looked at.
  const [first, last] = [Math.ceil(begin / MINUTE_MS), Math.floor(end / MINUTE_MS)];
  const length = Math.min(columns.length, bits.length * 32);
  for (const [at, next] of columns.spans.below(length)) {
    if (columns.spans.isWithin(at, first, last) === true) continue;
    if (columns.spans.isWithin(at, first - 1, last + 1) === false) clearRange(bits, at, next);
    else keepBegun(columns, bits, [at, next], [begin, end]);
  }
}

/** Of the versions with an index in [at, next), leaves what began in [begin, end). */
function keepBegun(
  columns: SituationColumns,
  bits: Bits,
  [at, next]: readonly [number, number],
  [begin, end]: readonly [number, number],
): void {
  for (let place = at; place < next; place += 1) {
    if (!hasBit(bits, place)) continue;
    const began = columns.beganAt(place);
    if (began < begin || began >= end) clearBit(bits, place);
  }
}
