import type { CountSum } from '../measure/count-sum.ts';
import type { DisplayGroup, Kind, Means } from '../observation/vocabulary.ts';

/**
 * The dashboard's figures as one value. Every figure is a sum that can be undone by subtraction, over
 * buckets of time that end at an explicit `at`; so the snapshot at event N plus the changes N..M is
 * the snapshot at M, whoever adds them up. The server folds columns, the browser folds changes, both
 * with the functions beside this file.
 */
export interface ObservationFilter {
  readonly from?: string;
  readonly to?: string;
  readonly sector?: readonly string[];
  readonly kind?: readonly Kind[];
  readonly group?: readonly DisplayGroup[];
  readonly means?: readonly Means[];
  readonly contingent?: readonly string[];
  readonly origin?: 'unit' | 'external';
  readonly unit?: readonly string[];
  readonly late?: boolean;
  readonly corrected?: boolean;
  readonly located?: boolean;
  /** [west, south, east, north] in 1e-6 degrees. */
  readonly bbox?: readonly [number, number, number, number];
  readonly q?: string;
}

export const WINDOWS = ['6h', '24h', '7d', '30d', 'all'] as const;
export type Window = (typeof WINDOWS)[number];

export interface SituationQuery {
  /** End of every window: a whole minute, UTC. */
  readonly at: string;
  readonly window: Window;
  /** IANA zone in which days, hours and weekdays are counted. */
  readonly zone: string;
  readonly filter: Omit<ObservationFilter, 'from' | 'to'>;
}

/** A tile: what it counts over which window, against which baseline. */
export interface Figure {
  readonly from: string;
  readonly to: string;
  readonly reports: number;
  readonly items: CountSum;
  /** The same window before this one. */
  readonly previousReports: number;
  /** Reports per day (or per window) over the 28 days before, oldest first; its median is the baseline. */
  readonly daily: readonly number[];
  readonly median: number;
}

export interface ChartBucket {
  readonly from: string;
  readonly to: string;
  /** The bucket reaches beyond `at`: it is drawn hatched. */
  readonly partial: boolean;
  readonly reports: Readonly<Record<DisplayGroup, number>>;
}

export interface SectorFigure {
  /** Area id, or null for what lies in no sector or has no place. */
  readonly sector: string | null;
  readonly reports: number;
  readonly previousReports: number;
}

export interface Situation {
  readonly query: SituationQuery;
  /** As of this event, inclusive. */
  readonly seq: number;
  readonly window: { readonly from: string; readonly to: string };
  /** "812 of 6,204": reports in the window that pass the filter, and all reports in force. */
  readonly matching: number;
  readonly total: number;
  readonly withoutLocation: number;
  readonly figures: {
    /** 24 h ending at `at`. */
    readonly fireItems: Figure;
    readonly heavyWeapons: Figure;
    readonly lateReports: Figure;
    readonly correctedReports: Figure;
    /** 7 d ending at `at`; items are persons, killed, injured and missing together. */
    readonly casualties: Figure;
  };
  readonly chart: readonly ChartBucket[];
  /** [weekday Monday = 0][hour] reports in the window. */
  readonly hourWeekday: readonly (readonly number[])[];
  readonly sectors: readonly SectorFigure[];
}
