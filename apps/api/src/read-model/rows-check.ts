import { Worker } from 'node:worker_threads';
import { DamagedRow } from './damage.ts';
import { SqliteFailure, type ToldFailure } from './thread-failure.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/** What the thread found: nothing, a fault, or that it could not read. */
export type RowsFound = { readonly fault: string | undefined } | ToldFailure;

/** Holds the rows of a file that is in use against their sums, in a thread of its own, once. */
export class RowsCheck {
  readonly #worker: Worker;

  /** @param onFault told of damage, or of why nothing can be read */
  constructor(file: string, onFault: (error: unknown) => void) {
    this.#worker = new Worker(siblingModule(import.meta.url, 'rows-check.worker'), {
      ...WORKER_OPTIONS,
      workerData: { file },
    });
    this.#worker.on('message', (found: RowsFound) => {
      if ('message' in found) onFault(new SqliteFailure(found.message, found.errcode));
      else if (found.fault !== undefined) onFault(new DamagedRow(found.fault));
    });
    this.#worker.on('error', onFault);
    this.#worker.unref();
  }

  close(): void {
    void this.#worker.terminate();
  }
}
