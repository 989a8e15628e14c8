import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { isEventLogError } from './event-log-error.ts';
import { openForReading } from './sqlite-connection.ts';
import { openingFailure } from './sqlite-failure.ts';
import { damageOf, openLogReader } from './sqlite-log-reader.ts';
import { checkStructure } from './sqlite-structure.ts';
import type { VerificationNote, VerificationTask } from './background-verification.ts';

/**
 * Walks the old events of a log in a thread of its own, a little at a time: whoever reports or reads comes
 * first, and the damage that is looked for has been there for a while.
 */
const EVENTS_AT_ONCE = 250;
/** It rests nine times as long as it worked: a tenth of a core at most. */
const REST = 9;

async function verify({ file, upTo, isChecked }: VerificationTask): Promise<void> {
  if (!isChecked) await tellingOfDamage(() => check(file));
  await tellingOfDamage(() => walk(file, upTo));
}

async function tellingOfDamage(verifying: () => Promise<void> | void): Promise<void> {
  try {
    await verifying();
  } catch (error) {
    const named = openingFailure(error);
    if (!isEventLogError(named, 'log_corrupt')) throw error;
    tell({ damage: damageOf(named) });
  }
}

/** At once and without a rest: until it is done, an index may lead astray whoever writes. */
function check(file: string): void {
  const db = openForReading(file);
  try {
    checkStructure(db);
  } finally {
    db.close();
  }
}

async function walk(file: string, upTo: number): Promise<void> {
  const reader = openLogReader(dirname(file));
  try {
    for (let after = -1; after < upTo;) {
      const began = performance.now();
      after = reader.verify(after, EVENTS_AT_ONCE);
      tell({ verifiedTo: after });
      const worked = performance.now() - began;
      await new Promise((resume) => setTimeout(resume, worked * REST));
    }
  } finally {
    reader.close();
  }
}

function tell(note: VerificationNote): void {
  parentPort?.postMessage(note);
}

await verify(workerData as VerificationTask);
