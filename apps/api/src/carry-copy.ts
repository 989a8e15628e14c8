import type { Carry } from './event-log/eventstoredb-copy.ts';
import { Checkpoints } from './read-model/checkpoints.ts';

/**
 * The thread that carries over the WAL of a node's copy. What it cannot carry over stays in the WAL; a
 * disk that takes nothing any more fails the next commit.
 */
export const carryCopy: Carry = (file, db) => new Checkpoints(file, db, () => undefined);
