import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EventLogError } from '../event-log/event-log-error.ts';
import { siblingModule, WORKER_OPTIONS } from '../read-model/worker-thread.ts';
import type { LogExportMessage, LogExportTask } from './log-export.worker.ts';

/**
 * The pieces of an export, made in another thread: one is on its way while the next is being made. The
 * thread ends with the last piece, or when nobody takes any more.
 *
 * @throws EventLogError log_corrupt
 */
export async function* piecesOfLog(task: LogExportTask): AsyncGenerator<Uint8Array, void, void> {
  const worker = new Worker(siblingModule(import.meta.url, 'log-export.worker'), {
    ...WORKER_OPTIONS,
    workerData: task,
  });
  try {
    const messages = on(worker, 'message');
    worker.postMessage('more');
    for await (const [told] of messages) {
      const message: LogExportMessage = told;
      if ('done' in message) return;
      if ('damaged' in message) {
        const facts = message.seq === undefined ? {} : { seq: message.seq };
        throw new EventLogError('log_corrupt', message.damaged, facts);
      }
      worker.postMessage('more');
      yield message.piece;
    }
  } finally {
    await worker.terminate();
  }
}
