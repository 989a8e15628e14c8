import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { filterSearch } from './filter-query.ts';

/** The list of exactly the rows that pass a filter, as known at the moment that is looked at. */
export function listAddress(
  locale: string,
  filter: ObservationFilter,
  asOf: number | null,
): string {
  const search = filterSearch(filter);
  if (asOf !== null) search.set('asof', asOf.toString());
  return `/${locale}/observations?${search.toString()}`;
}
