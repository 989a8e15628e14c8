import { Worker } from 'node:worker_threads';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { QuestionQueue, type Waiting } from './question-queue.ts';
import { SqliteFailure, type ToldFailure } from './thread-failure.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/**
 * Reads the read model in a thread of its own, for questions that may have to walk over many rows: the
 * main thread never waits for them.
 */
export type WideRow = Readonly<Record<string, SQLOutputValue>>;

export interface WideQuestion {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}
export type WideAnswer = { readonly rows: readonly WideRow[] } | ToldFailure;

/** Each takes a millisecond or a few: what a node is asked in two seconds. */
export const MOST_WIDE_QUESTIONS = 1_000;

export class WideReader {
  readonly #worker: Worker;
  readonly #queue: QuestionQueue<WideQuestion, readonly WideRow[]>;
  readonly #meet: (error: unknown) => unknown;
  readonly #onEnd: () => void;
  #ended: Error | undefined;

  /** `onEnd`: the thread is gone, and whoever asks again needs another one. */
  constructor(file: string, meet: (error: unknown) => unknown, onEnd: () => void) {
    this.#meet = meet;
    this.#onEnd = onEnd;
    this.#worker = new Worker(siblingModule(import.meta.url, 'wide-reader.worker'), {
      ...WORKER_OPTIONS,
      workerData: { file },
    });
    this.#queue = new QuestionQueue(MOST_WIDE_QUESTIONS, (question) =>
      this.#worker.postMessage(question),
    );
    this.#worker.on('message', (answer: WideAnswer) => this.#settle(answer));
    this.#worker.on('error', (error) =>
      this.#end(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on('exit', () => this.#end(new Error('the thread of wide questions has ended')));
    this.#worker.unref();
  }

  get waiting(): Waiting {
    return this.#queue.waiting;
  }

  all(
    sql: string,
    values: readonly SQLInputValue[],
    signal?: AbortSignal,
  ): Promise<readonly WideRow[]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return this.#queue.ask({ sql, values }, signal);
  }

  close(reason: Error): void {
    this.#end(reason);
    void this.#worker.terminate();
  }

  #settle(answer: WideAnswer): void {
    if ('rows' in answer) this.#queue.answer(answer.rows);
    else this.#queue.refuse(this.#meet(new SqliteFailure(answer.message, answer.errcode)));
  }

  #end(reason: Error): void {
    this.#onEnd();
    this.#ended ??= reason;
    this.#queue.refuseAll(reason);
  }
}
