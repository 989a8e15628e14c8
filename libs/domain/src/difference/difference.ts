import type { RowPredicate } from '../situation/observation-filter.ts';
import type { Change, ObservationRow } from '../situation/observation-row.ts';
import { addRow, type SituationFold } from '../situation/situation-fold.ts';

/**
 * What differs between two moments of one log, earlier → later: the observations of which another version
 * is in force. The state at A plus the difference A→B is the state at B, and the difference turned round
 * undoes it, for any filter; whoever has one of the states and the difference has both.
 */
export const OBSERVATION_CHANGES = ['added', 'corrected', 'retracted', 'reinstated'] as const;
export type ObservationChange = (typeof OBSERVATION_CHANGES)[number];

export interface ChangedObservation {
  /** The version in force at the earlier moment as it stood then; null where it was not recorded yet. */
  readonly before: ObservationRow | null;
  /** The version in force at the later one; null only in a difference that was turned round. */
  readonly after: ObservationRow | null;
  /** Whether a list with this filter shows it, then and now. */
  readonly shown: Shown;
}

export interface Shown {
  readonly then: boolean;
  readonly now: boolean;
}

export interface Difference {
  /** Numbers of events; -1 is the log before its first. */
  readonly from: number;
  readonly to: number;
  /** How many more observations stand in all, whatever the filter. */
  readonly standing: number;
  readonly changed: readonly ChangedObservation[];
}

/** The observations that a list with some filter shows at a moment, by their ids. */
export interface ShownState {
  readonly seq: number;
  readonly rows: ReadonlyMap<string, ObservationRow>;
}

/**
 * The difference between two moments by what the events between them changed.
 *
 * @param changes of every event in (from, to], in order
 * @param isCounted what belongs to the total; its own filter is the second axis alone
 */
export function differenceOf(
  changes: Iterable<Change>,
  from: number,
  to: number,
  passes: RowPredicate,
  isCounted: RowPredicate,
): Difference {
  const changed = new Map<string, Pick<ChangedObservation, 'before' | 'after'>>();
  for (const { before, after } of changes) {
    const id = (after ?? before)?.id;
    if (id === undefined) continue;
    const known = changed.get(id);
    changed.set(id, { before: known === undefined ? asItStood(before) : known.before, after });
  }
  const all = [...changed.values()];
  const standing = all.reduce(
    (sum, { before, after }) => sum + holds(after, isCounted) - holds(before, isCounted),
    0,
  );
  const shown = all.map((each) => ({
    ...each,
    shown: { then: holds(each.before, passes) === 1, now: holds(each.after, passes) === 1 },
  }));
  return { from, to, standing, changed: shown.filter((each) => each.shown.then || each.shown.now) };
}

/** @throws RangeError when the state is not the one from which the difference begins */
export function applyDifference(state: ShownState, difference: Difference): ShownState {
  if (state.seq !== difference.from) throw new RangeError('the difference begins elsewhere');
  const rows = new Map(state.rows);
  for (const { before, after, shown } of difference.changed) {
    if (shown.then && before !== null) rows.delete(before.id);
    if (shown.now && after !== null) rows.set(after.id, after);
  }
  return { seq: difference.to, rows };
}

/** Carries the figures of the earlier moment on to the later one; the fold keeps its windows. */
export function applyToSituation(fold: SituationFold, difference: Difference): void {
  const total = fold.sums.total + difference.standing;
  for (const { before, after } of difference.changed) {
    if (before !== null) addRow(fold, before, -1);
    if (after !== null) addRow(fold, after, 1);
  }
  // The rows that a filtered difference names are not all that came to stand or stand no more.
  fold.sums.total = total;
  fold.seq = difference.to;
}

/** The same difference later → earlier. */
export function turnedRound({ from, to, standing, changed }: Difference): Difference {
  return {
    from: to,
    to: from,
    standing: 0 - standing,
    changed: changed.map(({ before, after, shown }) => ({
      before: after,
      after: before,
      shown: { then: shown.now, now: shown.then },
    })),
  };
}

/**
 * What became of an observation between two moments.
 *
 * @param takenBack whether some version in between was a retracted one: what returned is reinstated,
 *   corrected or not
 */
export function changeOf(
  before: ObservationRow['status'] | null,
  after: ObservationRow['status'],
  takenBack: boolean,
): ObservationChange {
  if (before === null) return 'added';
  if (after === 'retracted') return 'retracted';
  return before === 'retracted' || takenBack ? 'reinstated' : 'corrected';
}

/** At the moment before its end it was still in force. */
function asItStood(row: ObservationRow | null): ObservationRow | null {
  return row && { ...row, toSeq: null };
}

function holds(row: ObservationRow | null, test: RowPredicate): 0 | 1 {
  return row !== null && test(row) ? 1 : 0;
}
