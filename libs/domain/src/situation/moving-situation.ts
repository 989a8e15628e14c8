import { situationOf } from './column-pass.ts';
import { compileFilter, type RowPredicate } from './observation-filter.ts';
import type { Change, ObservationRow } from './observation-row.ts';
import type { Situation, SituationQuery } from './situation.ts';
import { SituationColumns } from './situation-columns.ts';
import { applyChange, resumeSituation, type SituationFold, toSituation } from './situation-fold.ts';
import { DAY, minuteOf } from './situation-plan.ts';
import { appendStanding, type StandingVersions } from './standing-versions.ts';

/**
 * The figures of a log that is played: an answer carried on by the changes that follow it, as on the
 * live dashboard, and through time. Within a minute that is the same fold; when the minute turns every
 * window ends later, and the columns, which have followed the same changes, are passed over once more.
 */
export class MovingSituation {
  readonly #query: SituationQuery;
  readonly #passes: RowPredicate;
  readonly #sectors: readonly string[];
  readonly #columns: SituationColumns;
  #fold: SituationFold;
  /** Changes that the fold has not been told. */
  #untold: Change[] = [];
  #total: number;
  #seq: number;

  /**
   * @param begun an answer, and the versions that it is summed from
   * @throws RangeError when its filter has a free text, which changes alone cannot carry on
   */
  constructor(begun: Situation, standing: StandingVersions) {
    this.#query = begun.query;
    this.#passes = compileFilter(begun.query.filter);
    this.#sectors = begun.sectors.flatMap(({ sector, named }) =>
      named && sector !== null ? [sector] : [],
    );
    this.#columns = new SituationColumns();
    appendStanding(this.#columns, standing);
    this.#fold = resumeSituation(begun, this.#passes);
    this.#total = begun.total;
    this.#seq = begun.seq;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Whether the figures after a change can still be told; if not, the server is asked anew. */
  carries({ before, after }: Change): boolean {
    const { window, from } = this.#query;
    if (window !== 'all' || from === undefined) return true;
    // The window of all reports begins with the day of the oldest that stands.
    const firstDay = minuteOf(from);
    if (this.#total === 0) return false;
    if (after !== null && minuteOf(after.when.from) < firstDay) return false;
    return before === null || minuteOf(before.when.from) >= firstDay + DAY;
  }

  apply(change: Change): void {
    const { seq, before, after } = change;
    for (const [row, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (row !== null && row.status === 'recorded' && this.#happened(row)) this.#total += sign;
    }
    if (before !== null) this.#columns.end(before.fromSeq, seq);
    if (after !== null && this.#happened(after) && this.#passes(after)) {
      this.#columns.append({ ...after, toSeq: null });
    }
    this.#untold.push(change);
    this.#seq = seq;
  }

  /**
   * @param at the end of every window: a whole minute, never earlier than that of the call before
   */
  endingAt(at: string): Situation {
    if (at === this.#fold.plan.query.at) {
      for (const change of this.#untold) applyChange(this.#fold, change);
    } else {
      this.#fold = resumeSituation(this.#passedOver(at), this.#passes);
    }
    this.#untold = [];
    return toSituation(this.#fold);
  }

  #passedOver(at: string): Situation {
    const query = { ...this.#query, at };
    const { retracted } = query.filter;
    // What is in the columns has passed the rest of the filter already.
    const filter = retracted === undefined ? {} : { retracted };
    const { occurredUntil: _judged, ...asked } = query;
    const passed = situationOf(this.#columns, { ...asked, filter }, this.#sectors, this.#seq);
    return { ...passed, query, total: this.#total };
  }

  #happened({ when }: ObservationRow): boolean {
    const { occurredUntil } = this.#query;
    return occurredUntil === undefined || when.from < occurredUntil;
  }
}
