import type { StatesAnswer } from '@ceasewatch/api/contract/states';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { emptySituation, toSituation } from '@ceasewatch/domain/situation/situation-fold';

export const AT = '2026-11-22T10:00:00.000Z';
const QUERY = { at: AT, window: '24h', zone: 'UTC', filter: {} } as const;

/** As of an event before which as many reports were recorded. */
export function situationAt(seq: number) {
  return { ...toSituation(emptySituation(QUERY, [])), seq, total: seq };
}

/** As a node answers them: three reports in each list. */
export function statesOf(
  events: readonly number[],
  rowOf: (seq: number) => ObservationRow,
): StatesAnswer {
  const listed = (seq: number) => [seq, seq - 1, seq - 2].filter((event) => event >= 0);
  return {
    states: events.map((seq) => ({
      situation: situationAt(seq),
      lastFireItem: null,
      silentUnits: [],
      recorded: { versions: listed(seq), next: `after ${seq - 2}` },
    })),
    rows: [...new Set(events.flatMap(listed))].map((seq) => rowOf(seq)),
  };
}

/** The events that a question asks for. */
export function eventsIn(search: URLSearchParams): readonly number[] {
  return (search.get('events') ?? '').split(',').map(Number);
}
