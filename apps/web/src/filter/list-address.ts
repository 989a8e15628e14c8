import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { LIVE, type Moment } from './moment.ts';
import { filterSearch } from './filter-query.ts';

/** The list of exactly the rows that pass a filter, as known at the moment that is looked at. */
export function listAddress(locale: string, filter: ObservationFilter, moment: Moment): string {
  const search = putPast(filterSearch(filter), moment);
  return `/${locale}/observations?${search.toString()}`;
}

/** One observation, as known at the moment that is looked at. */
export function observationAddress(locale: string, id: string, moment: Moment): string {
  const search = putPast(new URLSearchParams({ id }), moment);
  return `/${locale}/observation?${search.toString()}`;
}

/**
 * A screen of the top bar in the moment that is looked at: going from one to another does not leave the
 * past, only the way back does. A report is written now.
 */
export function screenAddress(locale: string, screen: Screen, moment: Moment): string {
  const path = `/${locale}${screen.path}`;
  const past = putPast(new URLSearchParams(), screen.name === 'report' ? LIVE : moment).toString();
  return past === '' ? path : `${path}?${past}`;
}

/** The moment as the address of a screen says it. */
export function putPast(search: URLSearchParams, { asOf, until }: Moment): URLSearchParams {
  if (asOf !== null) search.set('asof', asOf.toString());
  if (until !== null) search.set('until', until);
  return search;
}

interface Screen {
  readonly name: string;
  readonly path: string;
}
