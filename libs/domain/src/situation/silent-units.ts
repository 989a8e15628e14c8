import { formatInstant, HOUR_MS, parseInstant } from '../measure/instant.ts';

/** A unit that reports by itself, and when it last had something recorded; stored instants. */
export interface ReportingUnit {
  readonly unit: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly lastReport: string | null;
}

interface SilentUnit {
  readonly unit: string;
  readonly lastReport: string | null;
}

/** A unit that had nothing recorded for this long is shown as silent. */
const SILENT_HOURS = 24;

/** Those that were open at a moment and silent; who never reported is so from a day after it was opened. */
export function silentUnits(units: readonly ReportingUnit[], at: string): readonly SilentUnit[] {
  const since = formatInstant(parseInstant(at).ms - SILENT_HOURS * HOUR_MS);
  return units
    .filter(({ openedAt, closedAt }) => openedAt <= at && (closedAt === null || at < closedAt))
    .filter(({ openedAt, lastReport }) => (lastReport ?? openedAt) < since)
    .map(({ unit, lastReport }) => ({ unit, lastReport }));
}
