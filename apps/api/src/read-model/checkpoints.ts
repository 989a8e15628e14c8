import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { SqliteFailure, type ToldFailure, toldOf } from './thread-failure.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/**
 * Carries the WAL into the file, in a thread of its own that is started when it is first needed: synced
 * pages by the thousand are nothing to wait for on the main thread. A checkpoint that fails or finds a
 * reader in its way changes nothing and is due until it has been done.
 */
export interface CheckpointTask {
  readonly file: string;
}
/** `carry` as much as nobody reads; `empty` the WAL, so that nothing that was erased is left in it. */
export type CheckpointOrder = 'carry' | 'empty' | 'close';
export type CheckpointAnswer = { readonly isDone: boolean } | ToldFailure;

/** 16 MB of pages: those of indexes are written again and again, and are carried over once. */
const MOST_FRAMES = 4_000;
const AGAIN_MS = 100;

export class Checkpoints {
  readonly #file: string;
  readonly #frames: StatementSync;
  readonly #onFailure: (error: unknown) => void;
  readonly #mostFrames: number;
  #worker: Worker | undefined;
  #settle: ((answer: CheckpointAnswer) => void) | undefined;
  #last: Promise<boolean> = Promise.resolve(true);
  #state: 'idle' | 'carrying' | 'carried' = 'idle';
  #lookAgainAt: number;
  #emptyDue = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #failure: unknown;

  /** `db` is the writer's connection. */
  constructor(
    file: string,
    db: DatabaseSync,
    onFailure: (error: unknown) => void,
    mostFrames = MOST_FRAMES,
  ) {
    this.#file = file;
    // Reads how long the WAL is, and carries nothing.
    this.#frames = db.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#onFailure = onFailure;
    this.#mostFrames = mostFrames;
    this.#lookAgainAt = mostFrames;
  }

  /** Why the last checkpoint was not done; undefined once one was. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Pages in the WAL. */
  get frames(): number {
    return Number(this.#frames.get()?.['log'] ?? 0);
  }

  /**
   * To be called between two commits. A writer that never pauses is never overtaken, and the WAL would
   * grow for ever: what is left after a first checkpoint is waited for, with the event loop free, and
   * the next commit begins the WAL anew.
   */
  room(): Promise<unknown> | undefined {
    if (this.#closed || this.#state === 'carrying') return undefined;
    const { frames } = this;
    if (frames < this.#mostFrames) {
      this.#state = 'idle';
      this.#lookAgainAt = this.#mostFrames;
      return undefined;
    }
    if (this.#state === 'carried') {
      this.#state = 'idle';
      // A long reader holds the beginning: no use to look before every commit.
      this.#lookAgainAt = frames + this.#mostFrames / 4;
      return this.#order('carry');
    }
    if (frames < this.#lookAgainAt) return undefined;
    this.#state = 'carrying';
    void this.#order('carry').then(() => (this.#state = 'carried'));
    return undefined;
  }

  /** What was erased must not be found in older pages of the WAL either: repeated until it is empty. */
  empty(): void {
    this.#emptyDue = true;
    clearTimeout(this.#timer);
    void this.#order('empty').then((isDone) => {
      if (isDone) this.#emptyDue = false;
      else if (!this.#closed) this.#timer = setTimeout(() => this.empty(), AGAIN_MS).unref();
    });
  }

  /** Whether something that was erased may still stand in the WAL. */
  get isEmptyDue(): boolean {
    return this.#emptyDue;
  }

  /** Resolves when the thread's connection is closed: a file may only be removed after that. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker === undefined) return;
    worker.ref();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close' satisfies CheckpointOrder);
    await ended;
  }

  /** One after the other. Resolves with whether all of the WAL was carried over. */
  #order(order: CheckpointOrder): Promise<boolean> {
    this.#last = this.#last.then(() => (this.#closed ? false : this.#ask(order)));
    return this.#last;
  }

  async #ask(order: CheckpointOrder): Promise<boolean> {
    const answer = await new Promise<CheckpointAnswer>((resolve) => {
      this.#settle = resolve;
      this.#worker ??= this.#start();
      // A process ends when nothing is left to do, but not while the writer waits for this.
      this.#worker.ref();
      this.#worker.postMessage(order);
    });
    if (!this.#closed) this.#worker?.unref();
    if ('isDone' in answer) {
      this.#failure = undefined;
      return answer.isDone;
    }
    this.#failure = new SqliteFailure(answer.message, answer.errcode);
    this.#onFailure(this.#failure);
    return false;
  }

  #start(): Worker {
    const workerData: CheckpointTask = { file: this.#file };
    const worker = new Worker(siblingModule(import.meta.url, 'checkpoint.worker'), {
      ...WORKER_OPTIONS,
      workerData,
    });
    let why: ToldFailure = { message: 'the thread of checkpoints has ended', errcode: 0 };
    worker.on('message', (answer: CheckpointAnswer) => this.#settle?.(answer));
    worker.on('error', (error) => (why = toldOf(error)));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#settle?.(why);
    });
    return worker;
  }
}
