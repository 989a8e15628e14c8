'use client';

import type { ObservationDetail } from '@ceasewatch/api/contract/observation';
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../../api/fetch-json.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { useGeneration } from '../../../live/use-live.ts';
import { asOfSearch } from '../../../shell/use-centre.ts';

/** One observation with all its versions, as known at the moment looked at; asked again when it changes. */
export function useObservation(id: string | null) {
  const { asOf } = useAddress();
  const generation = useGeneration();
  const { data, error, refetch } = useQuery({
    queryKey: ['observation', asOf, id, generation],
    queryFn: ({ signal }) =>
      getJson<ObservationDetail>(`/api/observations/${encodeURIComponent(id ?? '')}`, {
        signal,
        search: asOfSearch(asOf),
      }),
    enabled: id !== null && id !== '',
  });
  return { detail: data ?? null, error, retry: () => void refetch() };
}
