import { Worker } from 'node:worker_threads';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { isDamage } from './read-model-file.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/**
 * Reads the read model in a thread of its own, for questions that may have to walk over many rows: the
 * main thread never waits for them.
 */
export type WideRow = Readonly<Record<string, SQLOutputValue>>;

export interface WideQuestion {
  readonly id: number;
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}
export type WideAnswer =
  | { readonly id: number; readonly rows: readonly WideRow[] }
  | { readonly id: number; readonly message: string; readonly errcode: number };

interface Pending {
  readonly resolve: (rows: readonly WideRow[]) => void;
  readonly reject: (error: unknown) => void;
}

export class WideReader {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #onDamage: (error: unknown) => void;
  readonly #onEnd: () => void;
  #nextId = 0;
  #ended: Error | undefined;

  /** `onEnd`: the thread is gone, and whoever asks again needs another one. */
  constructor(file: string, onDamage: (error: unknown) => void, onEnd: () => void) {
    this.#onDamage = onDamage;
    this.#onEnd = onEnd;
    this.#worker = new Worker(siblingModule(import.meta.url, 'wide-reader.worker'), {
      ...WORKER_OPTIONS,
      workerData: { file },
    });
    this.#worker.on('message', (answer: WideAnswer) => this.#settle(answer));
    this.#worker.on('error', (error) =>
      this.#end(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on('exit', () => this.#end(new Error('the thread of wide questions has ended')));
    this.#worker.unref();
  }

  all(sql: string, values: readonly SQLInputValue[]): Promise<readonly WideRow[]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      const question: WideQuestion = { id, sql, values };
      this.#worker.postMessage(question);
    });
  }

  close(reason: Error): void {
    this.#end(reason);
    void this.#worker.terminate();
  }

  #settle(answer: WideAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('rows' in answer) return pending?.resolve(answer.rows);
    const error = new SqliteFailure(answer.message, answer.errcode);
    if (isDamage(error)) this.#onDamage(error);
    pending?.reject(error);
  }

  #end(reason: Error): void {
    this.#onEnd();
    this.#ended ??= reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

/** What SQLite said in the other thread. */
class SqliteFailure extends Error {
  readonly errcode: number;

  constructor(message: string, errcode: number) {
    super(message);
    this.name = 'SqliteFailure';
    this.errcode = errcode;
  }
}
