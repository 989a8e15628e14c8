import type { CountSum } from '../measure/count-sum.ts';
import type { DisplayGroup, Kind, Means, WeaponCategory } from '../observation/vocabulary.ts';

/**
 * The dashboard's figures as one value. Every figure is a sum that can be undone by subtraction, over
 * buckets of time that end at an explicit `at`; so the snapshot at event N plus the changes N..M is
 * the snapshot at M, whoever adds them up. The server folds columns, the browser folds changes, both
 * with the functions beside this file.
 */
export interface ObservationFilter {
  /** Occurred in [from, to), by the beginning of its period; stored instants. */
  readonly from?: string;
  readonly to?: string;
  /** Area ids; `none` stands for what lies in no sector or has no place. */
  readonly sector?: readonly string[];
  readonly kind?: readonly Kind[];
  readonly group?: readonly DisplayGroup[];
  /** Any of these means. */
  readonly means?: readonly Means[];
  /** Tells of a weapon of any of these categories. */
  readonly weapon?: readonly WeaponCategory[];
  /** Contingent codes; `none` stands for joint units and external sources. */
  readonly contingent?: readonly string[];
  readonly origin?: 'unit' | 'external';
  readonly unit?: readonly string[];
  readonly late?: boolean;
  readonly corrected?: boolean;
  readonly located?: boolean;
  /** Tells of casualties, whatever its kind. */
  readonly casualties?: boolean;
  /** True: only what was retracted. Otherwise only what stands. */
  readonly retracted?: boolean;
  /** [west, south, east, north] in 1e-6 degrees, borders included. */
  readonly bbox?: readonly [number, number, number, number];
  /** Free text; needs the names of the centre, so it is answered by the server alone. */
  readonly q?: string;
}

export const WINDOWS = ['6h', '24h', '7d', '30d', 'all'] as const;
export type Window = (typeof WINDOWS)[number];

export interface SituationQuery {
  /** End of every window: a whole minute, UTC. */
  readonly at: string;
  readonly window: Window;
  /**
   * Beginning of the window `all`, a whole minute, UTC. Without it the server begins with the day of
   * the earliest observation; the answer's query states it, so that all who continue agree.
   */
  readonly from?: string;
  /**
   * The second axis: only what began before this instant, UTC, is in any figure, the total included,
   * whenever it was recorded. `asOf` says what was known; this says what had happened.
   */
  readonly occurredUntil?: string;
  /** IANA zone in which days, hours and weekdays are counted. */
  readonly zone: string;
  readonly filter: Omit<ObservationFilter, 'from' | 'to'>;
}

/**
 * The tiles and their rules. Each counts what stands, passes the filter and began in the tile's window:
 * `fireItems` the first seven kinds; `heavyWeapons` the display group; `lateReports` what was recorded
 * more than six hours after it had ended; `correctedReports` what is in its second or later version;
 * `casualties` what tells of casualties, its items being persons harmed, see `personsHarmed`.
 */
export const FIGURES = [
  'fireItems',
  'heavyWeapons',
  'lateReports',
  'correctedReports',
  'casualties',
] as const;
export type FigureName = (typeof FIGURES)[number];

/** Length of each tile's window in days. */
export const FIGURE_DAYS: Readonly<Record<FigureName, number>> = {
  fireItems: 1,
  heavyWeapons: 1,
  lateReports: 1,
  correctedReports: 1,
  casualties: 7,
};

/** A tile: what it counts over which window, against which baseline. */
export interface Figure {
  readonly from: string;
  readonly to: string;
  readonly reports: number;
  /** What these reports counted; empty for late and corrected reports, which are counted as reports. */
  readonly items: CountSum;
  /** The same window before this one. */
  readonly previousReports: number;
  /** Reports in each of the 28 times 24 hours before `from`, oldest first. */
  readonly daily: readonly number[];
  /** Median of the windows of the same length in those 28 days: the baseline. */
  readonly median: number;
}

export interface ChartBucket {
  readonly from: string;
  readonly to: string;
  /** The bucket reaches beyond the window at either end: it is drawn hatched. */
  readonly partial: boolean;
  readonly reports: Readonly<Record<DisplayGroup, number>>;
}

export interface SectorFigure {
  /** Area id, or null for what lies in no sector or has no place. */
  readonly sector: string | null;
  /** One of the centre's sectors, shown even when nothing happened there. */
  readonly named: boolean;
  readonly reports: number;
  readonly previousReports: number;
}

export interface Situation {
  readonly query: SituationQuery;
  /** As of this event, inclusive. */
  readonly seq: number;
  readonly window: { readonly from: string; readonly to: string };
  /** "812 of 6,204": reports in the window that pass the filter, and all reports that stand. */
  readonly matching: number;
  readonly total: number;
  readonly withoutLocation: number;
  /** Known by the day or by a longer period only: counted above, in no cell of `hourWeekday`. */
  readonly withoutHour: number;
  readonly figures: Readonly<Record<FigureName, Figure>>;
  readonly chart: readonly ChartBucket[];
  /** [weekday Monday = 0][hour] reports in the window, in the query's zone. */
  readonly hourWeekday: readonly (readonly number[])[];
  readonly sectors: readonly SectorFigure[];
}
