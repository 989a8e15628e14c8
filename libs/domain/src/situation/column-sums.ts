import type { ColumnFilter } from './column-filter.ts';
import { ItemSums } from './item-sums.ts';
import { figuresOf } from './packed-row.ts';
import { QUARTER, quarterHours } from './quarter-hours.ts';
import { FIGURES } from './situation.ts';
import type { SituationColumns } from './situation-columns.ts';
import { sectorIndex, type SituationFold } from './situation-fold.ts';
import { bucketOf, hourWeekdayOf, wholes } from './situation-plan.ts';
import {
  addToFigures,
  addToPrevious,
  addToWindow,
  ageOf,
  figuresWithin,
  OLDEST,
} from './situation-sums.ts';

/**
 * Columns added into a fold span by span, with the functions that add its rows. What thousands of rows
 * have in common (their age and figures, the code of their count) is counted first and added once.
 */
export class ColumnSums {
  private readonly fold: SituationFold;
  private readonly columns: SituationColumns;
  private readonly filter: ColumnFilter;
  private readonly asOf: number;
  /** The fold's number of each sector of the columns. */
  private readonly sectors: Uint32Array;
  private readonly hours;
  /** Rows by age and set of figures. */
  private readonly byAge = new Uint32Array((OLDEST + 1) * FIGURE_SETS);
  readonly items: ItemSums;

  constructor(fold: SituationFold, columns: SituationColumns, filter: ColumnFilter, asOf: number) {
    this.fold = fold;
    this.columns = columns;
    this.filter = filter;
    this.asOf = asOf;
    this.sectors = Uint32Array.from(columns.sectors.list, (sector) => sectorIndex(fold, sector));
    this.hours = quarterHours(fold.plan);
    this.items = new ItemSums(columns);
  }

  /** Adds the versions with an index in [begin, end). */
  addSpan(begin: number, end: number): void {
    // Whatever a million rows ask for lies in the function's own hands.
    const { byAge, asOf, sectors } = this;
    const { mask, value, more } = this.filter;
    const { minute, packed, to, sector } = this.columns;
    const { plan, sums } = this.fold;
    const { earliest, previousFrom, from, at: until } = plan;
    const { hours } = this;
    for (let at = begin; at < end; at += 1) {
      const began = minute[at] ?? 0;
      const bits = packed[at] ?? 0;
      // Most of a long log lies before every window, or before all but the figures' baselines.
      if (began < earliest || began >= until || (bits & mask) !== value) continue;
      const figures = figuresOf(bits);
      if (began < previousFrom && figures === 0) continue;
      if ((to[at] ?? 0) <= asOf || (more !== undefined && !more(at))) continue;
      if (began >= from) {
        const quarter = hours === undefined ? 0 : wholes(began - hours.first, QUARTER);
        const bucket = hours === undefined ? bucketOf(plan, began) : hours.bucket[quarter];
        const hour = hours === undefined ? hourWeekdayOf(plan, began) : hours.hour[quarter];
        addToWindow(sums, bucket ?? 0, hour ?? 0, bits, sectors[sector[at] ?? 0] ?? 0, 1);
      } else if (began >= previousFrom) addToPrevious(sums, sectors[sector[at] ?? 0] ?? 0, 1);
      if (figures === 0) continue;
      const age = ageOf(until - began);
      if (age > OLDEST) continue;
      const cell = age * FIGURE_SETS + figures;
      byAge[cell] = (byAge[cell] ?? 0) + 1;
      const within = figuresWithin(age, figures);
      if (within > 0) this.items.add(within, at, 1);
    }
  }

  /** To be called once, after the last span. */
  finish(): void {
    this.byAge.forEach((rows, cell) => {
      const age = Math.trunc(cell / FIGURE_SETS);
      if (rows > 0) addToFigures(this.fold.sums, age, cell % FIGURE_SETS, rows);
    });
    this.items.writeTo(this.fold);
  }
}

/** Every set of figures has a number: one bit each. */
const FIGURE_SETS = 1 << FIGURES.length;
