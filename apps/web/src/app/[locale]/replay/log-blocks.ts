import type { LogEntry, LogEntryPage } from '@ceasewatch/api/contract/log';
import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../../../api/fetch-json.ts';

/**
 * The log in blocks of fixed numbers, so that a list that scrolls through a million events asks for each
 * stretch once. A block that the log has not filled yet is another question when it has grown.
 */
export const BLOCK = 40;
const KEPT_MS = 60_000;

/** Which blocks have rows of that stretch, both ends included. */
export function blocksOf(first: number, last: number): readonly number[] {
  const [from, to] = [Math.floor(first / BLOCK), Math.floor(last / BLOCK)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

/** @param head the last event of the log */
export function askBlock(block: number, head: number, log: string | null, generation: number) {
  const first = block * BLOCK;
  const last = Math.min(first + BLOCK - 1, head);
  return queryOptions({
    queryKey: ['log-block', log, block, last, generation],
    queryFn: async ({ signal }): Promise<readonly LogEntry[]> => {
      const search = new URLSearchParams({ after: `${first - 1}`, limit: BLOCK.toString() });
      return (await getJson<LogEntryPage>('/api/events', { search, signal })).items;
    },
    gcTime: KEPT_MS,
  });
}
