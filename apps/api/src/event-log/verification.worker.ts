import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { isEventLogError } from './event-log-error.ts';
import { namedFailure } from './sqlite-failure.ts';
import { damageOf, openLogReader } from './sqlite-log-reader.ts';
import type { VerificationNote, VerificationTask } from './background-verification.ts';

/**
 * Walks the old events of a log in a thread of its own, a little at a time: whoever reports or reads comes
 * first, and the damage that is looked for has been there for a while.
 */
const EVENTS_AT_ONCE = 250;
/** It rests nine times as long as it worked: a tenth of a core at most. */
const REST = 9;

async function verify({ file, upTo }: VerificationTask): Promise<void> {
  const reader = openLogReader(dirname(file));
  try {
    for (let after = -1; after < upTo;) {
      const began = performance.now();
      after = reader.verify(after, EVENTS_AT_ONCE);
      tell({ verifiedTo: after });
      const worked = performance.now() - began;
      await new Promise((resume) => setTimeout(resume, worked * REST));
    }
  } catch (error) {
    const named = namedFailure(error);
    if (!isEventLogError(named, 'log_corrupt')) throw error;
    tell({ damage: damageOf(named) });
  } finally {
    reader.close();
  }
}

function tell(note: VerificationNote): void {
  parentPort?.postMessage(note);
}

await verify(workerData as VerificationTask);
