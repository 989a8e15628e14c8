import { DISPLAY_GROUPS } from '../observation/vocabulary.ts';
import { figuresOf, HOUR_KNOWN, LOCATED, packedGroup } from './packed-row.ts';
import { FIGURE_DAYS, FIGURES } from './situation.ts';
import {
  BASELINE_DAYS,
  bucketOf,
  DAY,
  hourWeekdayOf,
  type SituationPlan,
} from './situation-plan.ts';

/**
 * The sums under every figure, in flat arrays, and the one function that adds a row to them or takes it
 * away. The fold over rows and the pass over columns both call it, so they cannot disagree.
 */
export interface SituationSums {
  matching: number;
  total: number;
  withoutLocation: number;
  withoutHour: number;
  /** Reports in each figure's window. */
  readonly reports: Float64Array;
  /** [figure × 28 + day], oldest day first. */
  readonly daily: Float64Array;
  /** [bucket × 8 + display group]. */
  readonly chart: Float64Array;
  /** [weekday × 24 + hour]. */
  readonly hourWeekday: Float64Array;
  /** By the caller's own numbering of sectors; grows as sectors appear. */
  sectorNow: Float64Array;
  sectorPrevious: Float64Array;
}

export const GROUPS = DISPLAY_GROUPS.length;

export function emptySums(plan: SituationPlan, sectors: number): SituationSums {
  return {
    matching: 0,
    total: 0,
    withoutLocation: 0,
    withoutHour: 0,
    reports: new Float64Array(FIGURES.length),
    daily: new Float64Array(FIGURES.length * BASELINE_DAYS),
    chart: new Float64Array((plan.bounds.length - 1) * GROUPS),
    hourWeekday: new Float64Array(7 * 24),
    sectorNow: new Float64Array(sectors),
    sectorPrevious: new Float64Array(sectors),
  };
}

/**
 * Adds (+1) or takes away (−1) a row that passes the filter.
 *
 * @returns the figures whose window the row lies in, one bit each: their items are the caller's to sum
 */
export function addPacked(
  sums: SituationSums,
  plan: SituationPlan,
  minute: number,
  packed: number,
  sector: number,
  sign: 1 | -1,
): number {
  if (minute >= plan.at) return 0;
  if (minute >= plan.from) addToWindow(sums, plan, minute, packed, sector, sign);
  else if (minute >= plan.previousFrom) add(sums.sectorPrevious, sector, sign);
  return addToFigures(sums, plan, minute, figuresOf(packed), sign);
}

function addToWindow(
  sums: SituationSums,
  plan: SituationPlan,
  minute: number,
  packed: number,
  sector: number,
  sign: 1 | -1,
): void {
  sums.matching += sign;
  if ((packed & LOCATED) === 0) sums.withoutLocation += sign;
  add(sums.chart, bucketOf(plan, minute) * GROUPS + packedGroup(packed), sign);
  add(sums.sectorNow, sector, sign);
  if (packed & HOUR_KNOWN) add(sums.hourWeekday, hourWeekdayOf(plan, minute), sign);
  else sums.withoutHour += sign;
}

function addToFigures(
  sums: SituationSums,
  plan: SituationPlan,
  minute: number,
  figures: number,
  sign: 1 | -1,
): number {
  if (figures === 0) return 0;
  // 1 in the last 24 hours before `at`, 2 in the 24 before those, and so on.
  const age = Math.ceil((plan.at - minute) / DAY);
  let inWindow = 0;
  for (let figure = 0; figures >> figure > 0; figure += 1) {
    if (((figures >> figure) & 1) === 0) continue;
    const before = age - (DAYS[figure] ?? 0);
    if (before <= 0) {
      add(sums.reports, figure, sign);
      inWindow |= 1 << figure;
    } else if (before <= BASELINE_DAYS) {
      add(sums.daily, figure * BASELINE_DAYS + BASELINE_DAYS - before, sign);
    }
  }
  return inWindow;
}

const DAYS = FIGURES.map((figure) => FIGURE_DAYS[figure]);

function add(into: Float64Array, index: number, sign: 1 | -1): void {
  into[index] = (into[index] ?? 0) + sign;
}
