'use client';

import type { ObservationDetail } from '@ceasewatch/api/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson } from '../../../api/fetch-json.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { useChanges, useLive } from '../../../live/use-live.ts';
import { asOfSearch } from '../../../shell/use-centre.ts';

/** One observation with all its versions, as known at the moment looked at; asked again when it changes. */
export function useObservation(id: string | null) {
  const { asOf } = useAddress();
  const { generation } = useLive();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['observation', id, asOf, generation],
    queryFn: ({ signal }) =>
      getJson<ObservationDetail>(`/api/observations/${encodeURIComponent(id ?? '')}`, {
        signal,
        search: asOfSearch(asOf),
      }),
    enabled: id !== null && id !== '',
  });
  useChanges((changes) => {
    if (
      asOf === null &&
      changes.some(({ subject }) => subject === `observation/${query.data?.id}`)
    ) {
      void queries.invalidateQueries({ queryKey: ['observation', id, null] });
    }
  });
  return { detail: query.data ?? null, error: query.error };
}
