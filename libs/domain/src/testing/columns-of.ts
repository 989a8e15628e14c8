import type { Change } from '../situation/observation-row.ts';
import { SituationColumns } from '../situation/situation-columns.ts';

/** The columns of a history, in spans of three: a pass meets whole ones, a last one and some that it leaves out. */
export function columnsOf(history: readonly Change[]): SituationColumns {
  const columns = new SituationColumns(3);
  for (const { before, after, seq } of history) {
    if (before !== null) columns.end(before.fromSeq, seq);
    if (after !== null) columns.append(after);
  }
  return columns;
}
