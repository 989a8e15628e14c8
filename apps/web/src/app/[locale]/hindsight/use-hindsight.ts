'use client';

import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../../api/fetch-json.ts';
import { useLastAnswer } from '../../../api/use-last-answer.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { instantOf } from '../../../format/instants.ts';
import { useGeneration } from '../../../live/use-live.ts';
import { useMinute } from '../../../live/use-now.ts';
import { situationSearch } from '../situation/use-situation.ts';

export interface HindsightView {
  readonly answer: HindsightAnswer | null;
  readonly loading: boolean;
  /** The last asking failed; what is shown is older. */
  readonly error: Error | null;
  retry(): void;
}

/**
 * Known then against known now, as the address asks. What is known now may grow, so it is asked again
 * with every minute, unless the address names the event up to which it is known.
 *
 * @param zone whose days and hours are counted; null is the centre's
 */
export function useHindsight(zone: string | null): HindsightView {
  const address = useAddress();
  const minute = useMinute();
  const generation = useGeneration();
  const asked = new URLSearchParams(situationSearch(address));
  if (zone !== null) asked.set('zone', zone);
  const question = asked.toString();
  if (!address.past) asked.set('at', instantOf(minute + MINUTE_MS));
  const search = asked.toString();
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['hindsight', search, address.asOf === null ? minute : null, generation],
    queryFn: ({ signal }) =>
      getJson<HindsightAnswer>('/api/hindsight', { search: new URLSearchParams(search), signal }),
    gcTime: 2 * MINUTE_MS,
    enabled: minute > 0,
  });
  const answer = useLastAnswer(`${question} ${generation}`, data, dataUpdatedAt)?.answer ?? null;
  return { answer, loading: answer === null && error === null, error, retry: () => void refetch() };
}
