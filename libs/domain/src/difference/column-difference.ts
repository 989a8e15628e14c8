import { parseInstant } from '../measure/instant.ts';
import { sameValue } from '../same-value.ts';
import { type ColumnFilter, questionFilter, type TextHits } from '../situation/column-filter.ts';
import { figuresOf, RETRACTED } from '../situation/packed-row.ts';
import { FIGURES, type SituationQuery } from '../situation/situation.ts';
import type { ObservationRow } from '../situation/observation-row.ts';
import { DETAILED, type SituationColumns } from '../situation/situation-columns.ts';
import { planSituation, type SituationPlan } from '../situation/situation-plan.ts';
import { ageOf, figuresWithin } from '../situation/situation-sums.ts';
import { changeOf, type ObservationChange, type Shown } from './difference.ts';
import { changedVersions, type Pair } from './version-pairs.ts';

/**
 * A difference by one pass over the columns: how many observations changed how, which of them moved
 * which figure, and a page of them by the events that began their versions. The log is not replayed.
 */
export const MOVED_FIGURES = ['matching', ...FIGURES] as const;
export type MovedFigure = (typeof MOVED_FIGURES)[number];

export interface ColumnDifferenceQuery {
  readonly from: number;
  readonly to: number;
  /** Which windows the figures have, with which filter; both sides have the same. */
  readonly query: SituationQuery;
  /** Only observations that began at or after this instant, as they stood or as they stand. */
  readonly occurredFrom?: string;
  /** Only observations that changed so, or that moved this figure. */
  readonly change?: ObservationChange;
  readonly figure?: MovedFigure;
  /** The page begins after the observation whose last event this is; -1 for the first page. */
  readonly after: number;
  readonly limit: number;
}

export interface ChangedKey {
  /** Events that began the versions in force at the two moments. */
  readonly before: number | null;
  readonly after: number;
  readonly change: ObservationChange;
  readonly shown: Shown;
  readonly figures: readonly MovedFigure[];
}

export interface ColumnDifference {
  readonly totals: Readonly<Record<ObservationChange, number>>;
  /** How many observations moved a figure, and the last event of each, the first hundred of them. */
  readonly moved: Readonly<Record<MovedFigure, Explained>>;
  /** How many there are of the change and the figure that were asked for. */
  readonly matching: number;
  readonly page: readonly ChangedKey[];
  readonly more: boolean;
}

export interface Explained {
  readonly observations: number;
  readonly events: readonly number[];
}

const MOST_EXPLAINING = 100;

export function columnDifference(
  columns: SituationColumns,
  asked: ColumnDifferenceQuery,
  hits?: TextHits,
): ColumnDifference {
  const { from, to, query, occurredFrom, after, limit } = asked;
  const sight = new Sight(columns, query, hits);
  const beginning = occurredFrom === undefined ? EVER : parseInstant(occurredFrom).ms;
  const totals = { added: 0, corrected: 0, retracted: 0, reinstated: 0 };
  const moved = new Map(
    MOVED_FIGURES.map((name) => [name, { observations: 0, events: [] as number[] }]),
  );
  const page: ChangedKey[] = [];
  let matching = 0;
  for (const pair of changedVersions(columns, from, to)) {
    if (!sight.isConcerned(pair)) continue;
    const key = sight.keyOf(pair);
    // A figure was moved by whatever lies in its window, which may begin before.
    for (const name of key.figures) explain(moved.get(name), key.after);
    if (occurredFrom !== undefined && !sight.isConcerned(pair, beginning)) continue;
    totals[key.change] += 1;
    if (asked.change !== undefined && asked.change !== key.change) continue;
    if (asked.figure !== undefined && !key.figures.includes(asked.figure)) continue;
    matching += 1;
    if (key.after > after && page.length <= limit) page.push(key);
  }
  return {
    totals,
    moved: explainedBy((name) => moved.get(name) ?? { observations: 0, events: [] }),
    matching,
    page: page.slice(0, limit),
    more: page.length > limit,
  };
}

const EVER = Number.NEGATIVE_INFINITY;

function explain(
  into: { observations: number; events: number[] } | undefined,
  event: number,
): void {
  if (into === undefined) return;
  into.observations += 1;
  if (into.events.length < MOST_EXPLAINING) into.events.push(event);
}

function explainedBy(of: (name: MovedFigure) => Explained): Record<MovedFigure, Explained> {
  return {
    matching: of('matching'),
    fireItems: of('fireItems'),
    heavyWeapons: of('heavyWeapons'),
    lateReports: of('lateReports'),
    correctedReports: of('correctedReports'),
    casualties: of('casualties'),
  };
}

/** What a question with a filter sees of a version: whether lists show it, and in which figures it is. */
class Sight {
  private readonly columns: SituationColumns;
  private readonly plan: SituationPlan;
  private readonly filter: ColumnFilter;
  /** Without a word about the status, observations of either status are concerned. */
  private readonly bits: number;

  constructor(columns: SituationColumns, query: SituationQuery, hits: TextHits | undefined) {
    this.columns = columns;
    this.plan = planSituation(query);
    this.filter = questionFilter(columns, query, hits);
    this.bits = query.filter.retracted === undefined ? ~RETRACTED : -1;
  }

  /**
   * What was recorded and taken back between the two moments is told of too, though no list shows it.
   *
   * @param since only a version that began then or later, milliseconds since 1970
   */
  isConcerned({ before, after }: Pair, since = EVER): boolean {
    const { columns, bits } = this;
    return (
      (this.passes(after, bits) && columns.beganAt(after) >= since) ||
      (before !== -1 && this.passes(before, bits) && columns.beganAt(before) >= since)
    );
  }

  keyOf({ before, after, takenBack }: Pair): ChangedKey {
    const shown = {
      then: before !== -1 && this.passes(before),
      now: this.passes(after),
    };
    return {
      before: before === -1 ? null : (this.columns.from[before] ?? 0),
      after: this.columns.from[after] ?? 0,
      change: changeOf(
        before === -1 ? null : this.statusOf(before),
        this.statusOf(after),
        takenBack,
      ),
      shown,
      figures: this.movedBy(before, after, shown),
    };
  }

  private movedBy(before: number, after: number, shown: Shown): readonly MovedFigure[] {
    const then = shown.then ? this.figuresAt(before) : 0;
    const now = shown.now ? this.figuresAt(after) : 0;
    if ((then | now) === 0) return [];
    const told = this.saysTheSame(before, after) ? 0 : COUNTED;
    const bits = (then ^ now) | (then & now & told);
    return MOVED_FIGURES.filter((_, place) => (bits >> place) & 1);
  }

  /** One bit for each of `MOVED_FIGURES` whose window a version lies in. */
  private figuresAt(at: number): number {
    const minute = this.columns.minute[at] ?? 0;
    if (minute >= this.plan.at) return 0;
    const figures = figuresOf(this.columns.packed[at] ?? 0);
    const within = figuresWithin(ageOf(this.plan.at - minute), figures);
    return (within << 1) | (minute >= this.plan.from ? 1 : 0);
  }

  private saysTheSame(before: number, after: number): boolean {
    const { countCode, count, details } = this.columns;
    return (
      countCode[before] === countCode[after] &&
      count[before] === count[after] &&
      (countCode[after] !== DETAILED || sameValue(details.get(before), details.get(after)))
    );
  }

  private statusOf(at: number): ObservationRow['status'] {
    return (this.columns.packed[at] ?? 0) & RETRACTED ? 'retracted' : 'recorded';
  }

  private passes(at: number, bits = -1): boolean {
    const { mask, value, more } = this.filter;
    const packed = this.columns.packed[at] ?? 0;
    return (packed & mask & bits) === (value & bits) && (more === undefined || more(at));
  }
}

/** The figures that count more than reports: what these counted may differ though none came or went. */
const COUNTED = MOVED_FIGURES.reduce(
  (bits, name, place) =>
    name === 'fireItems' || name === 'heavyWeapons' || name === 'casualties'
      ? bits | (1 << place)
      : bits,
  0,
);
