import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { NodeUnderTest } from './node-under-test.ts';

/** When every event of a log says that it was recorded, by its number, in milliseconds since 1970. */
export async function recordedTimes(node: NodeUnderTest): Promise<readonly number[]> {
  const times: number[] = [];
  for (let after: string | undefined = '-1'; after !== undefined;) {
    const page: LogEntryPage = (
      await node.get<LogEntryPage>(`/api/events?after=${after}&limit=500`)
    ).body;
    times.push(...page.items.map(({ envelope }) => Date.parse(envelope.time)));
    after = page.next;
  }
  return times;
}

/**
 * The last event by an instant, by looking at every event: in a store of many writers one may lie behind
 * another that was recorded later, so the running maximum of their times is what an instant means.
 */
export function lastBy(times: readonly number[], instant: number): number {
  const later = times.findIndex((time) => time > instant);
  return later === -1 ? times.length - 1 : later - 1;
}
