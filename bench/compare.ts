import type { Spread } from './harness.ts';
import type { BenchRecord, MeasuredRow } from './record.ts';

/** A row that two records have, as one figure each that does not belong to the machine or the minute. */
export interface Comparison {
  readonly row: string;
  readonly of: string;
  readonly then: number;
  readonly now: number;
  /** By what part of `then` the figure may differ and mean nothing. */
  readonly noise: number;
  readonly slower: boolean;
}

/** What nobody can tell apart, however narrow the rounds were. */
const LEAST_NOISE = 0.05;

/** Rows that both have, in the order of the later one. */
export function compare(then: BenchRecord, now: BenchRecord): readonly Comparison[] {
  return now.rows.flatMap((row) => {
    const before = then.rows.find((each) => each.row === row.row);
    const [earlier, later] = [before && figureOf(before), figureOf(row)];
    if (earlier === undefined || later === undefined || earlier.of !== later.of) return [];
    const noise = Math.max(LEAST_NOISE, ...[earlier, later].map(({ spread }) => halfRange(spread)));
    const [was, is] = [earlier.spread.median, later.spread.median];
    const slower = is < was * (1 - noise);
    return { row: row.row, of: later.of, then: was, now: is, noise, slower };
  });
}

/** The ratio to the row's reference; else units for a turn of the yardstick, by processor time. */
function figureOf({ ratio, ratioOf, contenders, limits, unit }: MeasuredRow) {
  if (ratio !== undefined) return { of: `of ${ratioOf ?? 'the reference'}`, spread: ratio };
  const [ours] = contenders;
  if (ours === undefined) return undefined;
  const { median, lowest, highest } = ours.cpuMicros;
  const perTurn = (micros: number) => 1e6 / micros / limits.turns;
  const spread = { median: perTurn(median), lowest: perTurn(highest), highest: perTurn(lowest) };
  return { of: `${unit}s for a turn of the yardstick`, spread };
}

function halfRange({ median, lowest, highest }: Spread): number {
  return (highest - lowest) / 2 / median;
}
