import { putPast } from '../../../filter/list-address.ts';
import type { Moment } from '../../../filter/moment.ts';
import { moved } from './log-address.ts';
import { placeAround } from './log-page.ts';

/** The path that opens one event of the log among its neighbours, in the same past if one is viewed. */
export function eventPath(locale: string, seq: number, moment: Moment): string {
  const here = putPast(new URLSearchParams(), moment);
  return `/${locale}/log?${moved(here, { place: placeAround(seq), selected: seq }).toString()}`;
}

/** The path that shows one stream whole, in the same past if one is viewed. */
export function streamPath(locale: string, subject: string, moment: Moment): string {
  const here = putPast(new URLSearchParams(), moment);
  return `/${locale}/log?${moved(here, { filter: { subject } }).toString()}`;
}
