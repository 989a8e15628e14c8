import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';

/** As it is asked of the api: no character of it ends a cell or a line. */
export function filterAsAsked(filter: ObservationFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) search.set(name, String(value));
  if (filter.bbox !== undefined) search.set('bbox', filter.bbox.map((each) => each / MICRO).join());
  return search.toString();
}

/** Degrees in a query, whole 1e-6 degrees in a filter. */
const MICRO = 1_000_000;

/** As it is recorded: who looked for a person must not write his name down for ever. */
export function filterAsRecorded(filter: object): readonly string[] {
  return Object.entries(filter).map(([name, value]) => `${name}=${name === 'q' ? '…' : value}`);
}
