import { Worker } from 'node:worker_threads';
import type { VerificationTask } from './event-log/background-verification.ts';
import { siblingModule, WORKER_OPTIONS } from './read-model/worker-thread.ts';

/** The thread that verifies what a start leaves unverified of a long log. */
export function startVerification(task: VerificationTask): Worker {
  const url = siblingModule(import.meta.url, 'event-log/verification.worker');
  return new Worker(url, { ...WORKER_OPTIONS, workerData: task });
}
