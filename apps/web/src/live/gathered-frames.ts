import type { LiveFrame } from '@ceasewatch/api/contract/live';
import type { SocketEvents } from './live-feed.ts';

/**
 * In a storm frames come ten times a second, and each would draw the whole page anew. The first after a
 * pause is told at once; what follows, four times a second and as one frame; twice where it is more than
 * an eye can read by then. Nothing is left out and nothing overtakes.
 */
export const GATHER_MS = 250;
const STORM_MS = 500;
/** Changes in one telling that nobody reads one by one. */
const STORM = 8;

/** @returns what a socket tells, for whom `told` is told the same with its frames gathered */
export function gatheredFrames(told: SocketEvents): SocketEvents {
  let held: LiveFrame | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    const frame = held;
    held = undefined;
    if (frame !== undefined) told.frame(frame);
    return frame?.changes.length ?? 0;
  };
  const tellAndRest = () => {
    const isStorm = tell() >= STORM;
    timer = setTimeout(
      () => {
        timer = undefined;
        if (held !== undefined) tellAndRest();
      },
      isStorm ? STORM_MS : GATHER_MS,
    );
  };
  /** What comes next is told at once. */
  const empty = () => {
    clearTimeout(timer);
    timer = undefined;
    tell();
  };
  return {
    opened: () => told.opened(),
    closed() {
      empty();
      told.closed();
    },
    frame(frame) {
      const joined = held && joinedTo(held, frame);
      // One that does not follow the held one stands for itself: whether something is missing is seen by its number.
      if (joined === undefined) tell();
      held = joined ?? frame;
      if (timer === undefined) tellAndRest();
    },
    // It tells how far the log is: whoever hears it has heard all that came before it.
    heartbeat(heartbeat) {
      empty();
      told.heartbeat(heartbeat);
    },
    pull() {
      empty();
      told.pull();
    },
  };
}

function joinedTo(held: LiveFrame, next: LiveFrame): LiveFrame | undefined {
  if (next.prev !== held.seq || next.log !== held.log) return undefined;
  return { ...next, prev: held.prev, changes: [...held.changes, ...next.changes] };
}
