import { setTimeout as pause } from 'node:timers/promises';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { refuse } from '@ceasewatch/domain/refusal';
import type { AsOf } from './as-of.ts';
import { momentOf } from './event-table.ts';
import type { Projector } from './projector.ts';
import { ReadModelError } from './read-model-error.ts';

/** From the time that an event is given at another node until it is told here, p99 and then some. */
export const ON_ITS_WAY_MS = 250;
/** Rows that are further behind the log than this are told as that. */
const PATIENCE_MS = 2_000;
/** A commit takes a few milliseconds. */
const LOOK_MS = 2;

type Follower = Pick<Projector, 'readModel' | 'projected' | 'head' | 'condition' | 'whenProjected'>;

/**
 * An answer as of an instant is one for ever, so it waits for what was recorded by then: for events that
 * were given their time and are on their way to the disk, and for those that lie there and have no rows yet.
 * Before the last event of the rows nothing can come any more; that one may lie ahead of this node's clock,
 * where it was set back or another node's is fast. After both, an instant has not come: no answer would last.
 *
 * @param field what names the instant in the question
 * @param now the present, milliseconds since 1970
 * @throws Refusal invalid: not_yet, not_an_instant
 * @throws ReadModelError rebuilding: the rows do not reach that instant yet
 */
export async function settled(
  follower: Follower,
  field: string,
  asOf: AsOf,
  now: number,
): Promise<void> {
  if (typeof asOf === 'number') return;
  const { ms } = parseInstant(asOf, field);
  const reached = reachedBy(follower);
  if (ms < reached) return;
  if (ms > now && ms > reached)
    throw refuse('invalid', { field, reason: 'not_yet', params: { aheadMs: ms - now } });
  const left = ms + ON_ITS_WAY_MS - now;
  if (left > 0) await pause(Math.min(left, ON_ITS_WAY_MS));
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    while (!isSettled(follower, ms)) {
      const head = follower.head();
      if (follower.projected < head) await follower.whenProjected(head, patience);
      else await pause(LOOK_MS, undefined, { signal: patience });
    }
  } catch (cause) {
    const why = `The rows are not there yet as of ${asOf}.`;
    throw new ReadModelError('rebuilding', why, { cause });
  }
}

/** Later than that is recorded already, nothing is on its way, or the log is damaged and nothing more can come. */
function isSettled(follower: Follower, ms: number): boolean {
  const { waiting, damage } = follower.condition();
  const isIdle = waiting === 0 && follower.projected >= follower.head();
  return isIdle || damage !== undefined || ms < reachedBy(follower);
}

function reachedBy({ readModel, projected }: Follower): number {
  return readModel.read((db) => parseInstant(momentOf(db, projected)).ms);
}
