import type { RowPredicate } from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';

/** The rows of the map, without React: those that were answered, carried on, and never more than it holds. */
export const MAP_CAP = 2_000;

export interface AnsweredRows {
  readonly rows: readonly ObservationRow[];
  /** More pass the filter than were answered. */
  readonly capped: boolean;
}

/** What became of observations since the answer: the last row of each; null when it has none. */
export type Changed = ReadonlyMap<string, ObservationRow | null>;

/**
 * A page is open for weeks: of many changes to one observation only the last is kept, and of those that
 * were not answered only what the map can show.
 *
 * @param passes null when whether a row passes cannot be judged here
 * @param since beginning of the window; null when it has none
 */
export function withLast(
  known: Changed,
  changes: readonly Change[],
  answered: AnsweredRows,
  passes: RowPredicate | null,
  since: string | null,
): Changed {
  const last = new Map(known);
  for (const { before, after } of changes) {
    const id = (after ?? before)?.id;
    if (id !== undefined) last.set(id, after);
  }
  if (last.size <= MAP_CAP) return last;
  const ids = new Set(answered.rows.map(({ id }) => id));
  const shown = within([...last.values()], since).filter((row) => passes?.(row) === true);
  const newest = new Set(newestOf(shown).map(({ id }) => id));
  return new Map([...last].filter(([id]) => ids.has(id) || newest.has(id)));
}

export function drawnRows(
  answered: AnsweredRows,
  changed: Changed,
  passes: RowPredicate | null,
  since: string | null,
): AnsweredRows {
  const rows = new Map(answered.rows.map((row) => [row.id, row]));
  if (passes !== null) {
    for (const [id, row] of changed) {
      rows.delete(id);
      if (row !== null && passes(row)) rows.set(id, row);
    }
  }
  // The window moves on with the minute: what falls out of it is no longer counted, nor drawn.
  const drawn = within([...rows.values()], since);
  return {
    rows: drawn.length > MAP_CAP ? newestOf(drawn) : drawn,
    capped: answered.capped || drawn.length > MAP_CAP,
  };
}

function within(
  rows: readonly (ObservationRow | null)[],
  since: string | null,
): readonly ObservationRow[] {
  return rows
    .filter((row) => row !== null)
    .filter((row) => since === null || row.when.from >= since);
}

/** Stored instants have one fixed form, so they compare as text. */
function newestOf(rows: readonly ObservationRow[]): readonly ObservationRow[] {
  return rows
    .toSorted((a, b) => (a.when.from < b.when.from ? 1 : a.when.from > b.when.from ? -1 : 0))
    .slice(0, MAP_CAP);
}
