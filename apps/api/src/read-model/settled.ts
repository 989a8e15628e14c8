import { setTimeout as pause } from 'node:timers/promises';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import type { AsOf } from './as-of.ts';
import { momentOf } from './event-table.ts';
import type { Projector } from './projector.ts';
import { ReadModelError } from './read-model-error.ts';

/** From the time that an event is given to its row, p99 and then some: a commit is synced to the disk. */
export const ON_ITS_WAY_MS = 250;
/** Rows that are further behind the log than this are told as that. */
const PATIENCE_MS = 2_000;

type Follower = Pick<Projector, 'readModel' | 'projected' | 'head' | 'condition' | 'whenProjected'>;

/**
 * An answer as of an instant is one for ever, so it waits for what was recorded by then: for events that
 * were given their time and are on their way to the disk, and for those that lie there and have no rows yet.
 * Before the last event of the rows nothing can come any more.
 *
 * @param now the present, milliseconds since 1970
 * @throws ReadModelError rebuilding: the rows do not reach that instant yet
 */
export async function settled(follower: Follower, asOf: AsOf, now: number): Promise<void> {
  if (typeof asOf === 'number') return;
  const { ms } = parseInstant(asOf);
  if (ms < reachedBy(follower)) return;
  const left = ms + ON_ITS_WAY_MS - now;
  if (left > 0) await pause(Math.min(left, ON_ITS_WAY_MS));
  const head = follower.head();
  // Of a damaged log nothing more can come.
  if (follower.projected >= head || follower.condition().damage !== undefined) return;
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    await follower.whenProjected(head, patience);
  } catch (cause) {
    const why = `The rows are not there yet as of ${asOf}.`;
    throw new ReadModelError('rebuilding', why, { cause });
  }
}

function reachedBy({ readModel, projected }: Follower): number {
  return readModel.read((db) => parseInstant(momentOf(db, projected)).ms);
}
