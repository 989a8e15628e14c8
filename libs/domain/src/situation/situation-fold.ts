import { type CountSum, minusCount, NOTHING_COUNTED, plusCount } from '../measure/count-sum.ts';
import type { Count } from '../measure/count.ts';
import { DISPLAY_GROUPS } from '../observation/vocabulary.ts';
import { compileFilter, type RowPredicate } from './observation-filter.ts';
import type { Change, ObservationRow } from './observation-row.ts';
import { packRow } from './packed-row.ts';
import { personsHarmed } from './persons-harmed.ts';
import { FIGURES, type FigureName, type Situation, type SituationQuery } from './situation.ts';
import { BASELINE_DAYS, minuteOf, planSituation, type SituationPlan } from './situation-plan.ts';
import { addPacked, emptySums, GROUPS, type SituationSums } from './situation-sums.ts';
import { writeSituation } from './situation-writing.ts';

/**
 * The dashboard's figures while they are being added up. The server begins one from columns, the
 * browser resumes it from the server's answer; both carry it on with the same changes and arrive at the
 * same figures. It is changed in place; `toSituation` is a copy that stays.
 */
export interface SituationFold {
  readonly plan: SituationPlan;
  readonly passes: RowPredicate;
  readonly sums: SituationSums;
  /** What was counted, for the figures that count more than reports. */
  readonly items: Map<FigureName, CountSum>;
  /** Sectors in the order they are shown; those of the centre first, later ones as they appear. */
  readonly sectors: Map<string | null, number>;
  /** How many of them are always shown, even with nothing in them. */
  readonly named: number;
  seq: number;
}

/** Figures whose items are the observations' own counts; those of casualties are persons. */
export const COUNTING_FIGURES = [
  'fireItems',
  'heavyWeapons',
] as const satisfies readonly FigureName[];

/**
 * A fold without a single row, as of the log before its first event.
 *
 * @param sectors the centre's sectors in their order: they are shown even when empty
 */
export function emptySituation(
  query: SituationQuery,
  sectors: readonly string[],
  passes: RowPredicate = compileFilter(query.filter),
): SituationFold {
  const plan = planSituation(query);
  return {
    plan,
    passes,
    sums: emptySums(plan, sectors.length),
    items: new Map(FIGURES.map((figure) => [figure, NOTHING_COUNTED])),
    sectors: new Map(sectors.map((sector, index) => [sector, index])),
    named: sectors.length,
    seq: -1,
  };
}

/** Takes up the fold where an answer left it. */
export function resumeSituation(situation: Situation, passes?: RowPredicate): SituationFold {
  const shown = situation.sectors.filter(({ named }) => named).map(({ sector }) => sector);
  const fold = emptySituation(
    situation.query,
    shown.filter((sector) => sector !== null),
    passes,
  );
  const { sums } = fold;
  fold.seq = situation.seq;
  sums.matching = situation.matching;
  sums.total = situation.total;
  sums.withoutLocation = situation.withoutLocation;
  sums.withoutHour = situation.withoutHour;
  FIGURES.forEach((name, figure) => {
    const { reports, items, daily } = situation.figures[name];
    sums.reports[figure] = reports;
    sums.daily.set(daily, figure * BASELINE_DAYS);
    fold.items.set(name, items);
  });
  situation.chart.forEach((bucket, index) => {
    sums.chart.set(
      DISPLAY_GROUPS.map((group) => bucket.reports[group]),
      index * GROUPS,
    );
  });
  sums.hourWeekday.set(situation.hourWeekday.flat());
  for (const { sector, reports, previousReports } of situation.sectors) {
    const index = sectorIndex(fold, sector);
    sums.sectorNow[index] = reports;
    sums.sectorPrevious[index] = previousReports;
  }
  return fold;
}

/** Adds a version that begins (+1) or takes away one that ends (−1). */
export function addRow(fold: SituationFold, row: ObservationRow, sign: 1 | -1): void {
  const { occurredUntil } = fold.plan.query;
  if (occurredUntil !== undefined && row.when.from >= occurredUntil) return;
  if (row.status === 'recorded') fold.sums.total += sign;
  if (!fold.passes(row)) return;
  const { plan, sums } = fold;
  const sector = sectorIndex(fold, row.sector);
  const figures = addPacked(sums, plan, minuteOf(row.when.from), packRow(row), sector, sign);
  if (figures > 0) addItems(fold, figures, { count: row.count, persons: personsHarmed(row) }, sign);
}

/** What an event changed; the fold then stands as of that event. */
export function applyChange(fold: SituationFold, change: Change): void {
  if (change.before !== null) addRow(fold, change.before, -1);
  if (change.after !== null) addRow(fold, change.after, 1);
  fold.seq = change.seq;
}

export function toSituation(fold: SituationFold): Situation {
  return writeSituation(fold);
}

/** The number under which a sector is summed; a new one is given where it was not met before. */
export function sectorIndex(fold: SituationFold, sector: string | null): number {
  const known = fold.sectors.get(sector);
  if (known !== undefined) return known;
  const index = fold.sectors.size;
  fold.sectors.set(sector, index);
  fold.sums.sectorNow = grown(fold.sums.sectorNow, index);
  fold.sums.sectorPrevious = grown(fold.sums.sectorPrevious, index);
  return index;
}

/** What a version counts, for the figures (bits in the order of FIGURES) whose window it lies in. */
export function addItems(
  { items }: Pick<SituationFold, 'items'>,
  figures: number,
  told: { readonly count?: Count | undefined; readonly persons: readonly Count[] },
  sign: 1 | -1,
): void {
  const combine = sign === 1 ? plusCount : minusCount;
  for (const name of COUNTING_FIGURES) {
    if ((figures >> FIGURES.indexOf(name)) & 1 && told.count !== undefined) {
      items.set(name, combine(items.get(name) ?? NOTHING_COUNTED, told.count));
    }
  }
  if (((figures >> FIGURES.indexOf('casualties')) & 1) === 0) return;
  for (const persons of told.persons) {
    items.set('casualties', combine(items.get('casualties') ?? NOTHING_COUNTED, persons));
  }
}

function grown(sums: Float64Array, index: number): Float64Array {
  if (index < sums.length) return sums;
  const larger = new Float64Array(index + 1);
  larger.set(sums);
  return larger;
}
