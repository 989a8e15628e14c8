import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointAnswer, CheckpointOrder, CheckpointTask } from './checkpoints.ts';
import { toldOf } from './thread-failure.ts';

/** Carries the WAL into the file where nobody waits for it. A lock is never waited for: it is asked again. */
const { file }: CheckpointTask = workerData;
const db = new DatabaseSync(file, { timeout: 0 });
db.exec('PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 0');

parentPort?.on('message', (order: CheckpointOrder) => {
  if (order === 'close') end();
  else post(answer(order));
});

function answer(order: Exclude<CheckpointOrder, 'close'>): CheckpointAnswer {
  try {
    // Nearly everything is carried over while the writer writes on; emptying the WAL then takes a moment.
    const carried = isDone('PASSIVE');
    return { isDone: order === 'carry' ? carried : isDone('TRUNCATE') };
  } catch (error) {
    return toldOf(error);
  }
}

function isDone(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
  const row = db.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
  // −1: there is no WAL at all, so this is another file than the writer's.
  return row?.['busy'] === 0 && row['log'] === row['checkpointed'] && row['log'] !== -1;
}

/** The thread ends by itself, so its connection is closed in good order. */
function end(): void {
  db.close();
  parentPort?.close();
}

function post(message: CheckpointAnswer): void {
  parentPort?.postMessage(message);
}
