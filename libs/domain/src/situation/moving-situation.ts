import { type ColumnFilter, questionFilter } from './column-filter.ts';
import { situationOf, totalOf } from './column-pass.ts';
import { ColumnSums } from './column-sums.ts';
import type { ItemSums } from './item-sums.ts';
import { MinuteRows } from './minute-rows.ts';
import { figuresOf } from './packed-row.ts';
import type { Situation, SituationQuery } from './situation.ts';
import type { SituationColumns } from './situation-columns.ts';
import { emptySituation, sectorIndex, type SituationFold, toSituation } from './situation-fold.ts';
import { DAY, planSituation, type SituationPlan } from './situation-plan.ts';
import { addPacked, addToTiles, addToWindows, GROUPS, OLDEST } from './situation-sums.ts';

/**
 * The figures of a log that is played: two passes over the columns at the beginning, and from state to
 * state only what changed. Windows that move on meet the versions that their bounds go over (both ends of
 * each, and the end of each day of the tiles and their baselines), an event those that it ended and
 * began. What stands and is not met costs nothing.
 */
export interface AskedState {
  /** The last event that is known. */
  readonly seq: number;
  readonly query: SituationQuery;
  /** The centre's sectors, as they were then. */
  readonly sectors: readonly string[];
}

interface PlannedState extends AskedState {
  readonly plan: SituationPlan;
}

/**
 * The situation at each of some events: as `situationOf` of each, and where they follow one another in
 * small steps much faster.
 */
export function situationsOf(
  columns: SituationColumns,
  asked: readonly AskedState[],
): readonly Situation[] {
  return runsOf(asked).flatMap((run) => {
    const [first, ...later] = run;
    const last = later.at(-1);
    if (first === undefined) return [];
    if (last === undefined) return [situationOf(columns, first.query, first.sectors, first.seq)];
    const moving = new MovingSituation(columns, first, last);
    return [moving.situation(), ...later.map((state) => moving.movedTo(state))];
  });
}

/** From longer steps on, nearly all that stands goes over a bound: a pass over it is no dearer. */
const LONGEST_STEP = DAY / 2;

/** Cut where a state cannot be made of the one before. */
function runsOf(asked: readonly AskedState[]): readonly (readonly PlannedState[])[] {
  const runs: PlannedState[][] = [];
  for (const each of asked) {
    const state = { ...each, plan: planSituation(each.query) };
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && follows(before, state)) run.push(state);
    else runs.push([state]);
  }
  return runs;
}

/** Whether nothing has changed but the event and the end of the windows, and that by a small step. */
function follows(before: PlannedState, state: PlannedState): boolean {
  const step = state.plan.at - before.plan.at;
  return (
    before.seq <= state.seq &&
    step >= 0 &&
    step <= LONGEST_STEP &&
    frameOf(before) === frameOf(state) &&
    shiftOf(before.plan, state.plan) !== undefined
  );
}

function frameOf({ query: { at: _end, ...rest }, sectors }: AskedState): string {
  return JSON.stringify([rest, sectors]);
}

/** How many buckets of the chart the window has left behind; undefined where the others are not the same. */
function shiftOf(before: SituationPlan, { bounds }: SituationPlan): number | undefined {
  const shift = before.bounds.indexOf(bounds[0] ?? Number.NaN);
  const kept = before.bounds.slice(shift);
  return shift >= 0 && kept.every((bound, index) => bounds[index] === bound) ? shift : undefined;
}

class MovingSituation {
  private readonly columns: SituationColumns;
  private readonly filter: ColumnFilter;
  /** The fold's number of each sector of the columns. */
  private readonly sectors: Uint32Array;
  private readonly items: ItemSums;
  /** What a bound of the windows may go over on the way to the last state. */
  private readonly rows: MinuteRows;
  /** Versions that end on the way, in the order of their ends, and how many of them have ended. */
  private readonly ending: Uint32Array;
  private ended = 0;
  private fold: SituationFold;

  constructor(columns: SituationColumns, first: PlannedState, last: PlannedState) {
    const { query, sectors, seq, plan } = first;
    this.columns = columns;
    this.filter = questionFilter(columns, query);
    this.fold = emptySituation(query, sectors, () => true);
    const pass = new ColumnSums(this.fold, columns, this.filter, seq);
    for (const [begin, end] of columns.spans.within(columns.endOf(seq), plan.earliest, plan.at))
      pass.addSpan(begin, end);
    pass.finish();
    this.items = pass.items;
    this.sectors = Uint32Array.from(columns.sectors.list, (each) => sectorIndex(this.fold, each));
    this.told(first);
    const tiles = plan.at - OLDEST * DAY;
    const moves = plan.previousFrom < last.plan.previousFrom;
    this.rows = new MinuteRows(moves ? Math.min(tiles, plan.previousFrom) : tiles, last.plan.at);
    const ending: number[] = [];
    const end = columns.endOf(last.seq);
    for (const [begin, stop] of columns.spans.within(end, plan.earliest, last.plan.at))
      this.note(begin, stop, first, last, ending);
    const { to } = columns;
    this.ending = Uint32Array.from(ending).sort((one, other) => (to[one] ?? 0) - (to[other] ?? 0));
  }

  situation(): Situation {
    this.items.writeTo(this.fold);
    return toSituation(this.fold);
  }

  movedTo(state: PlannedState): Situation {
    this.turnTo(state.plan);
    this.carryTo(state.seq);
    this.told(state);
    return this.situation();
  }

  private told({ query, seq }: AskedState): void {
    this.fold.sums.total = totalOf(this.columns, query, seq);
    this.fold.seq = seq;
  }

  /** Notes which of the versions with an index in [begin, stop) will be met on the way. */
  private note(
    begin: number,
    stop: number,
    { seq, plan }: PlannedState,
    { seq: lastSeq, plan: lastPlan }: PlannedState,
    ending: number[],
  ): void {
    const { minute, packed, to } = this.columns;
    const { mask, value, more } = this.filter;
    const { earliest, from, previousFrom } = plan;
    const tiles = plan.at - OLDEST * DAY;
    for (let at = begin; at < stop; at += 1) {
      const began = minute[at] ?? 0;
      const ends = to[at] ?? 0;
      if (began < earliest || began >= lastPlan.at || ends <= seq) continue;
      const isMet =
        began >= tiles ||
        (began >= from && began < lastPlan.from) ||
        (began >= previousFrom && began < lastPlan.previousFrom);
      if (!isMet && ends > lastSeq) continue;
      if (((packed[at] ?? 0) & mask) !== value || (more !== undefined && !more(at))) continue;
      if (isMet) this.rows.add(at, began);
      if (ends <= lastSeq) ending.push(at);
    }
  }

  /** Every window ends later, and what is known stays what it was. */
  private turnTo(plan: SituationPlan): void {
    const { plan: before } = this.fold;
    if (plan.at === before.at) return;
    const bounds = joined([
      [before.at, plan.at],
      [before.from, plan.from],
      [before.previousFrom, plan.previousFrom],
    ]);
    for (const [from, to] of bounds) this.addWindows(from, to, -1);
    const { sums } = this.fold;
    const chart = new Float64Array((plan.bounds.length - 1) * GROUPS);
    const left = shiftOf(before, plan) ?? 0;
    chart.set(sums.chart.subarray(left * GROUPS));
    this.fold = { ...this.fold, plan, sums: { ...sums, chart } };
    for (const [from, to] of bounds) this.addWindows(from, to, 1);
    for (let age = 0; age <= OLDEST; age += 1)
      this.ageTiles(before, before.at - age * DAY, plan.at - age * DAY);
  }

  private addWindows(from: number, to: number, sign: 1 | -1): void {
    const { plan, sums } = this.fold;
    const { packed, sector } = this.columns;
    this.rows.within(from, to, (at, minute) => {
      if (!this.isKnown(at)) return;
      const where = this.sectors[sector[at] ?? 0] ?? 0;
      addToWindows(sums, plan, minute, packed[at] ?? 0, where, sign);
    });
  }

  /** Versions that began in [from, to) are a day older for the tiles than they were. */
  private ageTiles(before: SituationPlan, from: number, to: number): void {
    const { plan, sums } = this.fold;
    const { packed } = this.columns;
    this.rows.within(from, to, (at, minute) => {
      const figures = figuresOf(packed[at] ?? 0);
      if (figures === 0 || !this.isKnown(at)) return;
      const was = addToTiles(sums, before, minute, figures, -1);
      const is = addToTiles(sums, plan, minute, figures, 1);
      if (was & ~is) this.items.add(was & ~is, at, -1);
      if (is & ~was) this.items.add(is & ~was, at, 1);
    });
  }

  /** What events ended and began, with the windows as they are. */
  private carryTo(seq: number): void {
    const { from, to, packed } = this.columns;
    const { mask, value, more } = this.filter;
    const known = this.fold.seq;
    for (; this.ended < this.ending.length; this.ended += 1) {
      const at = this.ending[this.ended] ?? 0;
      if ((to[at] ?? 0) > seq) break;
      // What began and ended between two states was in neither.
      if ((from[at] ?? 0) <= known) this.add(at, -1);
    }
    const end = this.columns.endOf(seq);
    for (let at = this.columns.endOf(known); at < end; at += 1) {
      if ((to[at] ?? 0) <= seq || ((packed[at] ?? 0) & mask) !== value) continue;
      if (more === undefined || more(at)) this.add(at, 1);
    }
  }

  private add(at: number, sign: 1 | -1): void {
    const { minute, packed, sector } = this.columns;
    const { plan, sums } = this.fold;
    const where = this.sectors[sector[at] ?? 0] ?? 0;
    const figures = addPacked(sums, plan, minute[at] ?? 0, packed[at] ?? 0, where, sign);
    if (figures > 0) this.items.add(figures, at, sign);
  }

  private isKnown(at: number): boolean {
    const { seq } = this.fold;
    return (this.columns.from[at] ?? 0) <= seq && seq < (this.columns.to[at] ?? 0);
  }
}

type Stretch = readonly [from: number, to: number];

/** Where some of them overlap, once. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const apart: Stretch[] = [];
  for (const [from, to] of stretches.toSorted(([one], [other]) => one - other)) {
    const [begin, end] = apart.at(-1) ?? [from, from];
    if (apart.length > 0 && from <= end) apart[apart.length - 1] = [begin, Math.max(end, to)];
    else apart.push([from, to]);
  }
  return apart;
}
