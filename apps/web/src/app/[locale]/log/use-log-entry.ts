import type { LogEntryDetail } from '@ceasewatch/api/contract/log';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getJson } from '../../../api/fetch-json.ts';
import { logOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';

/**
 * One event with its bytes. The log stands in the key: bytes of another one, held against this one's
 * hashes, would be a false charge of tampering.
 */
export function useLogEntry(seq: number, enabled = true): UseQueryResult<LogEntryDetail> {
  const log = useLiveValue(logOf);
  const generation = useGeneration();
  return useQuery({
    queryKey: ['log-entry', log, seq, generation],
    queryFn: ({ signal }) => getJson<LogEntryDetail>(`/api/events/${seq}`, { signal }),
    enabled,
  });
}
