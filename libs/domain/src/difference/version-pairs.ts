import { RETRACTED } from '../situation/packed-row.ts';
import type { SituationColumns } from '../situation/situation-columns.ts';

/** Two versions of one observation, by their places in the columns. */
export interface Pair {
  /** In force at the earlier moment; -1 where there was none yet. */
  readonly before: number;
  readonly after: number;
  /** Some version in between was a retracted one. */
  readonly takenBack: boolean;
}

/**
 * The observations of which another version is in force at `to` than at `from`, in the order of their
 * last events.
 */
export function* changedVersions(
  columns: SituationColumns,
  from: number,
  to: number,
): Iterable<Pair> {
  const begun = columns.endOf(from);
  const reached = columns.endOf(to);
  const ends = columns.to;
  /** By the place of a version after `from`: the first of its chain, as `place + 1`; 0 begins one. */
  const origin = new Uint32Array(reached - begun);
  const takenBack = new Uint8Array(reached - begun);
  for (let at = 0; at < reached; at += 1) {
    const end = ends[at] ?? 0;
    // Most versions of a long log ended long ago, or are in force still.
    if (end <= from || end > to) continue;
    const next = (columns.next[at] ?? 0) - begun;
    const isRetracted = ((columns.packed[at] ?? 0) & RETRACTED) !== 0;
    if (at < begun) origin[next] = at + 1;
    else {
      origin[next] = origin[at - begun] === 0 ? NONE : (origin[at - begun] ?? NONE);
      if (isRetracted || takenBack[at - begun] === 1) takenBack[next] = 1;
    }
  }
  for (let at = begun; at < reached; at += 1) {
    if ((ends[at] ?? 0) <= to) continue;
    const first = origin[at - begun] ?? 0;
    yield {
      before: first === 0 || first === NONE ? -1 : first - 1,
      after: at,
      takenBack: takenBack[at - begun] === 1,
    };
  }
}

/** The chain began after `from`. */
const NONE = 0xffff_ffff;
