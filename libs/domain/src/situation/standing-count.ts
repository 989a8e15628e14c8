import { lowWords, wordTable } from './column-filter.ts';
import type { ObservationFilter } from './situation.ts';
import type { SituationColumns } from './situation-columns.ts';

/**
 * How many observations pass a filter that asks of one column, without looking at more than one span of
 * them; undefined for any other filter, which takes a pass (`column-pass.ts`).
 */
export function standingCount(
  columns: SituationColumns,
  filter: ObservationFilter,
  asOf: number,
): number | undefined {
  const { standing } = columns;
  const asked = Object.entries(filter).flatMap(([name, wanted]) =>
    asks(name, wanted) ? name : [],
  );
  const end = columns.endOf(asOf);
  if (asked.every((name) => name === 'kind' || name === 'group'))
    return standing.low.asOf(end, lowWords(filter));
  const [name, another] = asked;
  if (another !== undefined) return undefined;
  if (name === 'unit') return standing.unit.asOf(end, wordTable(columns.units, filter.unit));
  if (name === 'sector')
    return standing.sector.asOf(end, wordTable(columns.sectors, filter.sector));
  if (name === 'contingent')
    return standing.contingent.asOf(end, wordTable(columns.contingents, filter.contingent));
  return undefined;
}

/** An empty list asks nothing, and neither does `retracted: false`, which is what everybody gets. */
function asks(name: string, wanted: unknown): boolean {
  if (name === 'retracted') return wanted === true;
  return wanted !== undefined && !(Array.isArray(wanted) && wanted.length === 0);
}
