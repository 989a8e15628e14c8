import { NOTHING_COUNTED } from '../measure/count-sum.ts';
import { DISPLAY_GROUPS, type DisplayGroup } from '../observation/vocabulary.ts';
import {
  type ChartBucket,
  type Figure,
  FIGURE_DAYS,
  FIGURES,
  type FigureName,
  type SectorFigure,
  type Situation,
} from './situation.ts';
import type { SituationFold } from './situation-fold.ts';
import { BASELINE_DAYS, DAY, instantOf, type SituationPlan } from './situation-plan.ts';
import { GROUPS, type SituationSums } from './situation-sums.ts';

/** Sums as figures: what is only derived (medians, windows, partial buckets) is made here. */
export function writeSituation(fold: SituationFold): Situation {
  const { plan, sums } = fold;
  return {
    query: plan.query,
    seq: fold.seq,
    window: { from: instantOf(plan.from), to: instantOf(plan.at) },
    matching: sums.matching,
    total: sums.total,
    withoutLocation: sums.withoutLocation,
    withoutHour: sums.withoutHour,
    figures: {
      fireItems: figureOf(fold, 'fireItems'),
      heavyWeapons: figureOf(fold, 'heavyWeapons'),
      lateReports: figureOf(fold, 'lateReports'),
      correctedReports: figureOf(fold, 'correctedReports'),
      casualties: figureOf(fold, 'casualties'),
    },
    chart: chartOf(plan, sums),
    hourWeekday: Array.from({ length: 7 }, (_, day) => [
      ...sums.hourWeekday.subarray(day * 24, day * 24 + 24),
    ]),
    sectors: sectorsOf(fold),
  };
}

function figureOf({ plan, sums, items }: SituationFold, name: FigureName): Figure {
  const figure = FIGURES.indexOf(name);
  const days = FIGURE_DAYS[name];
  const daily = [...sums.daily.subarray(figure * BASELINE_DAYS, (figure + 1) * BASELINE_DAYS)];
  const windows = inWindowsOf(days, daily);
  return {
    from: instantOf(plan.at - days * DAY),
    to: instantOf(plan.at),
    reports: sums.reports[figure] ?? 0,
    items: items.get(name) ?? NOTHING_COUNTED,
    previousReports: windows.at(-1) ?? 0,
    daily,
    median: medianOf(windows),
  };
}

/** Days gathered into windows of the figure's own length, oldest first. */
function inWindowsOf(days: number, daily: readonly number[]): readonly number[] {
  return Array.from({ length: BASELINE_DAYS / days }, (_, window) =>
    daily.slice(window * days, (window + 1) * days).reduce((sum, reports) => sum + reports, 0),
  );
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function chartOf(plan: SituationPlan, sums: SituationSums): readonly ChartBucket[] {
  return plan.bounds.slice(0, -1).map((from, bucket) => {
    const to = plan.bounds[bucket + 1] ?? plan.at;
    return {
      from: instantOf(from),
      to: instantOf(to),
      partial: from < plan.from || to > plan.at,
      reports: byGroup((group) => sums.chart[bucket * GROUPS + group] ?? 0),
    };
  });
}

function byGroup(reportsOf: (group: number) => number): Readonly<Record<DisplayGroup, number>> {
  return {
    small_arms: reportsOf(DISPLAY_GROUPS.indexOf('small_arms')),
    heavy_weapons: reportsOf(DISPLAY_GROUPS.indexOf('heavy_weapons')),
    blast: reportsOf(DISPLAY_GROUPS.indexOf('blast')),
    air: reportsOf(DISPLAY_GROUPS.indexOf('air')),
    movement: reportsOf(DISPLAY_GROUPS.indexOf('movement')),
    engineering: reportsOf(DISPLAY_GROUPS.indexOf('engineering')),
    restriction: reportsOf(DISPLAY_GROUPS.indexOf('restriction')),
    other: reportsOf(DISPLAY_GROUPS.indexOf('other')),
  };
}

/** The centre's sectors in their order, then others by id, last what lies in none; empty others left out. */
function sectorsOf({ sums, sectors, named }: SituationFold): readonly SectorFigure[] {
  const figures = [...sectors].map(([sector, index]) => ({
    sector,
    named: index < named,
    reports: sums.sectorNow[index] ?? 0,
    previousReports: sums.sectorPrevious[index] ?? 0,
  }));
  const shown = figures.filter(
    (figure) => figure.named || figure.reports !== 0 || figure.previousReports !== 0,
  );
  return [
    ...shown.filter((figure) => figure.named),
    ...shown
      .filter((figure) => !figure.named)
      .sort((one, other) => (rank(one.sector) < rank(other.sector) ? -1 : 1)),
  ];
}

/** After every id, which are hexadecimal. */
function rank(sector: string | null): string {
  return sector ?? '~';
}
