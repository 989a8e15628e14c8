import { connectionOf, type ConnectionState } from './connection.ts';
import { deviceTime } from './device-time.ts';
import type { LiveFeed } from './live-feed.ts';

/** A wait between two tries of the same request. */
export interface NextTry {
  /** Resolves when it is time, once. */
  readonly due: Promise<void>;
  /** Makes it time. */
  now(): void;
}

/** In these the centre records what it is sent, as far as this tab has heard. */
const RECORDING: readonly ConnectionState[] = ['live', 'quiet'];

/**
 * Waits `pauseMs`, and no longer than until the pill turns live again: what the centre could not record
 * goes out at the moment in which it can. A centre that was live all the while has its pause.
 */
export function nextTry(feed: Pick<LiveFeed, 'current' | 'watch'>, pauseMs: number): NextTry {
  let now = (): void => undefined;
  const due = new Promise<void>((resolve) => {
    const isRecording = () =>
      RECORDING.includes(connectionOf(feed.current(), deviceTime(), false).state);
    let was = isRecording();
    const timer = setTimeout(() => now(), pauseMs);
    const unwatch = feed.watch(() => {
      const is = isRecording();
      if (is && !was) now();
      was = is;
    });
    now = () => {
      clearTimeout(timer);
      unwatch();
      resolve();
    };
  });
  return { due, now: () => now() };
}
