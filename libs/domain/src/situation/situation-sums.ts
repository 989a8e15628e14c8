import { DISPLAY_GROUPS } from '../observation/vocabulary.ts';
import { figuresOf, HOUR_KNOWN, LOCATED, packedGroup } from './packed-row.ts';
import { FIGURE_DAYS, FIGURES } from './situation.ts';
import {
  BASELINE_DAYS,
  bucketOf,
  DAY,
  hourWeekdayOf,
  type SituationPlan,
  wholes,
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
  addToWindows(sums, plan, minute, packed, sector, sign);
  return addToTiles(sums, plan, minute, figuresOf(packed), sign);
}

/** The part of `addPacked` that is about the window and the one before. */
export function addToWindows(
  sums: SituationSums,
  plan: SituationPlan,
  minute: number,
  packed: number,
  sector: number,
  sign: 1 | -1,
): void {
  if (minute >= plan.at) return;
  if (minute >= plan.from) {
    addToWindow(sums, bucketOf(plan, minute), hourWeekdayOf(plan, minute), packed, sector, sign);
  } else if (minute >= plan.previousFrom) addToPrevious(sums, sector, sign);
}

/** The part of `addPacked` that is about the tiles and their baselines; returns what it returns. */
export function addToTiles(
  sums: SituationSums,
  { at }: SituationPlan,
  minute: number,
  figures: number,
  sign: 1 | -1,
): number {
  if (minute >= at) return 0;
  const age = ageOf(at - minute);
  addToFigures(sums, age, figures, sign);
  return figuresWithin(age, figures);
}

/** The part of `addPacked` that is about the window: its bucket, its hour of the week. */
export function addToWindow(
  sums: SituationSums,
  bucket: number,
  hour: number,
  packed: number,
  sector: number,
  sign: 1 | -1,
): void {
  sums.matching += sign;
  if ((packed & LOCATED) === 0) sums.withoutLocation += sign;
  add(sums.chart, bucket * GROUPS + packedGroup(packed), sign);
  add(sums.sectorNow, sector, sign);
  if (packed & HOUR_KNOWN) add(sums.hourWeekday, hour, sign);
  else sums.withoutHour += sign;
}

/** The part of `addPacked` that is about the window before. */
export function addToPrevious(sums: SituationSums, sector: number, sign: 1 | -1): void {
  add(sums.sectorPrevious, sector, sign);
}

/** 1 in the last 24 hours before the end of the window, 2 in the 24 before those, and so on. */
export function ageOf(minutesBefore: number): number {
  return wholes(minutesBefore + DAY - 1, DAY);
}

/** Of these figures (one bit each) the ones whose window reaches back to rows of an age. */
export function figuresWithin(age: number, figures: number): number {
  return figures & (WITHIN[age] ?? 0);
}

/** The part of `addPacked` that is about the tiles: `times` rows (fewer than 0 are taken away) of an age. */
export function addToFigures(
  sums: SituationSums,
  age: number,
  figures: number,
  times: number,
): void {
  if (age > OLDEST) return;
  for (let figure = 0; figures >> figure > 0; figure += 1) {
    if (((figures >> figure) & 1) === 0) continue;
    const before = age - (DAYS[figure] ?? 0);
    if (before <= 0) add(sums.reports, figure, times);
    else if (before <= BASELINE_DAYS) {
      add(sums.daily, figure * BASELINE_DAYS + BASELINE_DAYS - before, times);
    }
  }
}

const DAYS = FIGURES.map((figure) => FIGURE_DAYS[figure]);
/** Rows of a greater age are in no figure and in no baseline. */
export const OLDEST = Math.max(...DAYS) + BASELINE_DAYS;
/** By age, the figures whose window reaches back so far. */
const WITHIN = Uint8Array.from({ length: Math.max(...DAYS) + 1 }, (_, age) =>
  DAYS.reduce((figures, days, figure) => (age <= days ? figures | (1 << figure) : figures), 0),
);

function add(into: Float64Array, index: number, times: number): void {
  into[index] = (into[index] ?? 0) + times;
}
