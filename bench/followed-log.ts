import type { EventLog } from '../apps/api/dist/event-log/event-log.js';

/** Tells the ids of all events from now on; returns how that is stopped. */
export function followed(
  log: Pick<EventLog, 'follow' | 'head'>,
  told: (id: string) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const following = (async () => {
    for await (const each of log.follow(log.head().seq, { signal: stopping.signal })) {
      if (each.kind === 'batch') for (const { envelope } of each.events) told(envelope.id);
    }
  })();
  return async () => {
    stopping.abort();
    await following;
  };
}
