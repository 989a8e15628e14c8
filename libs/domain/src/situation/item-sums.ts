import { type CountSum, NOTHING_COUNTED, plusSum } from '../measure/count-sum.ts';
import { FIGURES, type FigureName } from './situation.ts';
import { DETAILED, type SituationColumns, sumOfCode } from './situation-columns.ts';
import { addItems, COUNTING_FIGURES, type SituationFold } from './situation-fold.ts';

/** One more than the largest code of a count. */
const CODES = DETAILED;

/** Items by code, so that thousands of equal counts become one sum; what has details is added by itself. */
export class ItemSums {
  private readonly columns: SituationColumns;
  private readonly reports = new Float64Array(FIGURES.length * CODES);
  private readonly values = new Float64Array(FIGURES.length * CODES);
  /** Of what has details. */
  readonly items = new Map<FigureName, CountSum>();

  constructor(columns: SituationColumns) {
    this.columns = columns;
  }

  /** Adds (+1) or takes away (−1) what a version counts, for the figures whose window it lies in. */
  add(figures: number, at: number, sign: 1 | -1): void {
    const code = this.columns.countCode[at] ?? 0;
    if (code === DETAILED)
      return addItems(this, figures, this.columns.details.get(at) ?? { persons: [] }, sign);
    for (let figure = 0; figures >> figure > 0; figure += 1) {
      if (((figures >> figure) & 1) === 0) continue;
      const cell = figure * CODES + code;
      this.reports[cell] = (this.reports[cell] ?? 0) + sign;
      this.values[cell] = (this.values[cell] ?? 0) + sign * (this.columns.count[at] ?? 0);
    }
  }

  /** What the fold says of items is then what was added here, and nothing else. */
  writeTo({ items }: Pick<SituationFold, 'items'>): void {
    for (const name of FIGURES) items.set(name, this.items.get(name) ?? NOTHING_COUNTED);
    for (const name of COUNTING_FIGURES) {
      for (let code = 1; code < CODES; code += 1) {
        const cell = FIGURES.indexOf(name) * CODES + code;
        const reports = this.reports[cell] ?? 0;
        if (reports === 0) continue;
        const sum = sumOfCode(code, reports, this.values[cell] ?? 0);
        items.set(name, plusSum(items.get(name) ?? NOTHING_COUNTED, sum));
      }
    }
  }
}
