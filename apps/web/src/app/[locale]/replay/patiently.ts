import { isPassing } from '../../../api/queries.ts';
import type { LiveFeed } from '../../../live/live-feed.ts';
import { whenBack } from '../../../live/when-back.ts';

/** Who is not answered by then is told so; a node that is at work answers long before. */
export const PATIENCE_MS = 3_000;

/**
 * Asks until it is answered: while the node is away, again as soon as it is back.
 *
 * @param waits is told when the wait begins, also for a node that is silent, and when it is over
 * @param signal nobody waits for the answer any more
 * @throws ApiProblem for what asking again does not change; the signal's reason
 */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  feed: LiveFeed,
  waits: (waiting: boolean) => void,
  signal: AbortSignal,
): Promise<Answer> {
  let isWaiting = false;
  const wait = () => {
    if (isWaiting || signal.aborted) return;
    isWaiting = true;
    waits(true);
  };
  for (;;) {
    const silent = setTimeout(wait, PATIENCE_MS);
    try {
      const answer = await ask();
      signal.throwIfAborted();
      if (isWaiting) waits(false);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
    } finally {
      clearTimeout(silent);
    }
    wait();
    await whenBack(feed, signal);
    signal.throwIfAborted();
  }
}
