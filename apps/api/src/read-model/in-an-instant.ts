import type { Projector } from './projector.ts';
import { ReadModelError } from './read-model-error.ts';

/** Nodes of one store differ by milliseconds; more than this is no instant, and is told as it is. */
const INSTANT_MS = 2_000;

export type Follower = Pick<Projector, 'projected' | 'followsOthers' | 'whenProjected'>;

/**
 * A client that was moved here may know an event that this node is about to follow: waiting for it
 * keeps the client from stepping back to an older picture. Returns undefined where there is nothing to
 * wait for, so that whoever must not let the turn end goes on in it.
 */
export function inAnInstant(follower: Follower, seq: number): Promise<void> | undefined {
  if (seq <= follower.projected || !follower.followsOthers) return undefined;
  return waited(follower, seq);
}

/** Whether it came is asked of the follower afterwards: there is one rule for what lies beyond it. */
async function waited(follower: Follower, seq: number): Promise<void> {
  const patience = AbortSignal.timeout(INSTANT_MS);
  try {
    await follower.whenProjected(seq, patience);
  } catch (error) {
    if (!patience.aborted && !(error instanceof ReadModelError)) throw error;
  }
}
