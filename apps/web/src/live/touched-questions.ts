import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * The one place that knows which questions a change has made old. It is heard wherever the reader is, so
 * that no screen comes back with what was true when it was left. Behind its noun each key has the as-of:
 * what was asked of the past stays true.
 */
export function touchQuestions(queries: QueryClient, changes: readonly Change[]): void {
  const told = changes.filter(({ subject }) => subject.startsWith(OBSERVATION));
  if (told.length < changes.length) void queries.invalidateQueries({ queryKey: ['centre', null] });
  if (told.length === 0) return;
  const ids = new Set(told.map(({ subject }) => subject.slice(OBSERVATION.length)));
  void queries.invalidateQueries({
    queryKey: ['observation', null],
    predicate: (query) => isOf(query, ids),
  });
  for (const noun of ['observations', 'feed', 'map']) {
    // They follow the changes themselves, or stand still while they are read: asked when they come back.
    void queries.invalidateQueries({ queryKey: [noun, null], refetchType: 'none' });
  }
}

const OBSERVATION = 'observation/';

/** It may have been asked for by its number: its id is in the answer. Without one the answer is to come. */
function isOf({ state: { data } }: Query, ids: ReadonlySet<string>): boolean {
  if (typeof data !== 'object' || data === null || !('id' in data)) return true;
  return typeof data.id === 'string' && ids.has(data.id);
}
