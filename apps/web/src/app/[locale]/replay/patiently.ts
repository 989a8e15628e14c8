import { isPassing } from '../../../api/queries.ts';
import type { LiveFeed } from '../../../live/live-feed.ts';
import { whenBack } from '../../../live/when-back.ts';

/**
 * Asks until it is answered: while the node is away, again as soon as it is back.
 *
 * @param waits is told when the wait begins, and when it is over
 * @param signal nobody waits for the answer any more
 * @throws ApiProblem for what asking again does not change; the signal's reason
 */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  feed: LiveFeed,
  waits: (waiting: boolean) => void,
  signal: AbortSignal,
): Promise<Answer> {
  for (let waiting = false; ; waiting = true) {
    try {
      const answer = await ask();
      signal.throwIfAborted();
      if (waiting) waits(false);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
    }
    waits(true);
    await whenBack(feed, signal);
    signal.throwIfAborted();
  }
}
