import { Worker } from 'node:worker_threads';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/** What the thread that builds a read model is told, and what it tells. */
export interface RebuildTask {
  readonly logFolder: string;
  /** Where the finished file has to stand. */
  readonly file: string;
  readonly log: string;
}

export interface RebuildProgress {
  readonly projected: number;
  readonly done?: true;
}

/**
 * Builds the read model in a worker; resolves with the last event applied once the file is in place.
 * Rejects with the signal's reason where it was over before it began.
 */
export function rebuild(
  task: RebuildTask,
  onProgress: (projected: number) => void,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(siblingModule(import.meta.url, 'rebuild.worker'), {
      ...WORKER_OPTIONS,
      workerData: task,
    });
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    let built: number | undefined;
    worker.on('message', ({ projected, done }: RebuildProgress) => {
      onProgress(projected);
      if (done === true) built = projected;
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop);
      if (built !== undefined) resolve(built);
      else reject(new Error('the rebuild ended before it was whole'));
    });
  });
}
