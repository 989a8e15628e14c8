import { isZone } from '@ceasewatch/domain/measure/zone';
import type { HindsightBucket } from '@ceasewatch/domain/hindsight/hindsight';
import { listAddress, putPast } from '../../../filter/list-address.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import type { Address } from '../../../filter/use-address.ts';
import { wholeIn } from '../../../format/numbers.ts';

/**
 * What this screen adds to the address: the zone whose days are counted, the bucket that is chosen, and
 * an event whose time is asked about. The moment itself is `until`, as everywhere: what occurred before
 * it, as known then and as known now (`asof`).
 */
export interface HindsightAddress {
  /** Null is the centre's. */
  readonly zone: string | null;
  /** Where the chosen bucket begins. */
  readonly picked: string | null;
  /** Its time is the moment; it stands in the address until it is known. */
  readonly event: number | null;
}

export function hindsightAddressOf(search: URLSearchParams): HindsightAddress {
  const zone = search.get('zone');
  return {
    zone: zone !== null && isZone(zone) ? zone : null,
    picked: search.get('sel'),
    event: wholeIn(search.get('event')),
  };
}

type Asked = Pick<Address, 'filter' | 'asOf' | 'until'>;
type Told = Pick<HindsightBucket, 'from' | 'to' | 'known'>;

/** Exactly the rows that were known when the bucket ended; null where nothing was recorded by then. */
export function rowsThen(locale: string, asked: Asked, bucket: Told): string | null {
  if (bucket.known < 0) return null;
  return listAddress(
    locale,
    { ...asked.filter, ...spanOf(asked, bucket) },
    {
      asOf: bucket.known,
      until: null,
    },
  );
}

/** Exactly the rows that are known now of the same time. */
export function rowsNow(locale: string, asked: Asked, bucket: Told): string {
  return listAddress(
    locale,
    { ...asked.filter, ...spanOf(asked, bucket) },
    {
      asOf: asked.asOf,
      until: null,
    },
  );
}

/** The difference of both moments: what came late, was corrected or retracted, with its reasons. */
export function whatDiffers(
  locale: string,
  asked: Asked & Pick<Address, 'window'>,
  bucket: Told,
  /** The last event that is known now. */
  now: number,
): string | null {
  if (bucket.known < 0 || bucket.known === now) return null;
  const search = filterSearch({ ...asked.filter, ...spanOf(asked, bucket) });
  search.set('window', asked.window);
  search.set('asof', now.toString());
  search.set('pin', bucket.known.toString());
  search.set('view', 'difference');
  return `/${locale}/replay?${search.toString()}`;
}

/** The replay at the moment that is looked at. */
export function replayAddress(locale: string, asked: Asked): string {
  const search = putPast(filterSearch(asked.filter), asked);
  return search.size === 0 ? `/${locale}/replay` : `/${locale}/replay?${search.toString()}`;
}

/** A window ends at a whole minute, while what is asked about may end within it. */
function spanOf({ until }: Asked, { from, to }: Told) {
  return { from, to: until !== null && until < to ? until : to };
}
