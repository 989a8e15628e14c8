import type { Worker } from 'node:worker_threads';
import type { LogDamage, LogVerification } from './event-log.ts';
import { messageOf } from './sqlite-failure.ts';

/**
 * A start verifies the last events of a log only, so that it takes no longer the longer a log is. What
 * SQLite keeps beside the events is checked next, where the start did not, and then the events before them
 * are verified, from the first, in a thread that hardly anybody notices; what is read before its turn is
 * verified when it is read.
 */
export interface VerificationTask {
  /** Path of `log.sqlite`. */
  readonly file: string;
  /** The last event that was not verified at the start. */
  readonly upTo: number;
  /** Whether the start has checked the file's structure. */
  readonly isChecked: boolean;
}

export type VerificationNote = { readonly verifiedTo: number } | { readonly damage: LogDamage };

/** Starts the thread of `verification.worker.ts`. */
export type StartVerification = (task: VerificationTask) => Worker;

export class BackgroundVerification {
  readonly #worker: Worker | undefined;
  readonly #upTo: number;
  #verifiedTo = -1;
  #failure: string | undefined;

  constructor(
    task: VerificationTask,
    start: StartVerification,
    onDamage: (damage: LogDamage) => void,
  ) {
    this.#upTo = task.upTo;
    if (task.upTo < 0 && task.isChecked) return;
    this.#worker = start(task);
    // A node that ends does not wait for it.
    this.#worker.unref();
    this.#worker.on('message', (note: VerificationNote) => {
      if ('verifiedTo' in note) this.#verifiedTo = note.verifiedTo;
      else onDamage(note.damage);
    });
    this.#worker.on('error', (error) => (this.#failure = messageOf(error)));
  }

  /** Once the walk has met what the start verified, the chain is known to hold to the head. */
  progress(head: number): LogVerification {
    const verifiedTo = this.#verifiedTo >= this.#upTo ? head : this.#verifiedTo;
    return { verifiedTo, ...(this.#failure === undefined ? {} : { failure: this.#failure }) };
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}
