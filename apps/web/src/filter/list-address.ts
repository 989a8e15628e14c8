import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { filterSearch } from './filter-query.ts';

/** The list of exactly the rows that pass a filter, as known at the moment that is looked at. */
export function listAddress(
  locale: string,
  filter: ObservationFilter,
  asOf: number | null,
  until: string | null = null,
): string {
  const search = filterSearch(filter);
  if (asOf !== null) search.set('asof', asOf.toString());
  if (until !== null) search.set('until', until);
  return `/${locale}/observations?${search.toString()}`;
}

/** One observation, as known at the moment that is looked at. */
export function observationAddress(locale: string, id: string, asOf: number | null): string {
  const search = new URLSearchParams({ id, ...(asOf === null ? {} : { asof: asOf.toString() }) });
  return `/${locale}/observation?${search.toString()}`;
}

/**
 * A screen of the top bar in the moment that is looked at: going from one to another does not leave the
 * past, only the way back does. A report is written now.
 */
export function screenAddress(locale: string, screen: Screen, asOf: number | null): string {
  const path = `/${locale}${screen.path}`;
  return asOf === null || screen.name === 'report' ? path : `${path}?asof=${asOf}`;
}

interface Screen {
  readonly name: string;
  readonly path: string;
}
