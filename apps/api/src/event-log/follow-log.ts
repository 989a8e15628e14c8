import type { Followed, LogPage } from './event-log.ts';
import type { LogTail } from './log-tail.ts';
import { turn } from './turn.ts';

/**
 * Follows the log without polling: from the disk while behind, from memory while live. Nothing is
 * pushed: a follower fetches its next batch when it asks for one, so the slowest holds up nobody and
 * no queue grows.
 */
export interface Followable {
  readonly tail: LogTail;
  readonly head: () => number;
  /** `undefined`: the log is damaged from here on, and nobody will ever get past it. */
  readonly page: (after: number, limit: number) => LogPage | undefined;
  /** @throws EventLogError position_unknown, store_unavailable when the log is closed */
  readonly checkPosition: (position: number) => void;
}

/** 3 to 5 ms of the main thread; other work gets its turn between two pages. */
const BATCH = 256;

export async function* followLog(
  after: number,
  signal: AbortSignal | undefined,
  { tail, head, page, checkPosition }: Followable,
): AsyncGenerator<Followed, void, void> {
  let position = after;
  let live = false;
  while (signal?.aborted !== true) {
    checkPosition(position);
    const recent = tail.after(position, head(), BATCH);
    if (recent === undefined && live) {
      live = false;
      yield { kind: 'behind' };
    } else if (recent === undefined) {
      const read = page(position, BATCH);
      if (read === undefined) {
        await tail.next(signal);
        continue;
      }
      position = read.reached;
      yield { kind: 'batch', events: read.events };
      await turn();
    } else if (recent.length > 0) {
      position = recent.at(-1)?.seq ?? position;
      yield { kind: 'batch', events: recent };
    } else if (!live) {
      live = true;
      yield { kind: 'live' };
    } else {
      await tail.next(signal);
    }
  }
}
