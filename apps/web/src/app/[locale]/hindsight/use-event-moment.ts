import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { getJson } from '../../../api/fetch-json.ts';
import { instantOf, millis } from '../../../format/instants.ts';
import { logOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import { changeAddress } from '../../../shell/change-address.ts';

/** What became of the event whose time is asked about. */
export type Finding =
  { readonly state: 'nothing' | 'none' } | { readonly state: 'finding'; readonly seq: number };

/**
 * Puts the end of the minute by which an event was recorded into the address, in place of the event: then
 * everything that is told of the moment has known it. Where clocks of several nodes differ an event may
 * bear an earlier time than one before it; it was known when the later of both was.
 */
export function useEventMoment(event: number | null): Finding {
  const log = useLiveValue(logOf);
  const generation = useGeneration();
  const { data, error } = useQuery({
    queryKey: ['event-moment', log, event, generation],
    queryFn: ({ signal }) =>
      getJson<LogMoments>('/api/log/moments', {
        search: new URLSearchParams({ asOf: `${event}` }),
        signal,
      }),
    enabled: event !== null,
  });
  const time = event === null ? null : (data?.to ?? null);
  useEffect(() => {
    if (time === null) return;
    const until = instantOf((Math.floor(millis(time) / MINUTE_MS) + 1) * MINUTE_MS);
    changeAddress((now) => {
      const next = new URLSearchParams(now);
      next.delete('event');
      next.set('until', until);
      return next;
    }, 'replace');
  }, [time]);
  if (event === null) return { state: 'nothing' };
  if (error instanceof ApiProblem && error.code === 'invalid') return { state: 'none' };
  return { state: 'finding', seq: event };
}
