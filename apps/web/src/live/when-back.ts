import type { LiveFeed } from './live-feed.ts';

const TRY_MS = 2_000;

/**
 * Waits until the node may answer again: a connection has been opened, or after a moment where none was
 * lost. Whoever waits for it here waits for no longer pause between two tries.
 *
 * @param signal ends the wait as well
 */
export function whenBack(feed: LiveFeed, signal: AbortSignal): Promise<void> {
  const { openedAt } = feed.current();
  return new Promise((resolve) => {
    const end = () => {
      clearInterval(timer);
      unwatch();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const unwatch = feed.watch(() => {
      const now = feed.current();
      if (now.link === 'open' && now.openedAt !== openedAt) end();
    });
    const timer = setInterval(() => {
      if (feed.current().link === 'open') end();
      else feed.retryNow();
    }, TRY_MS);
    signal.addEventListener('abort', end);
  });
}
