import { type Appended, LOG_LIMITS } from './event-log.ts';
import { EventLogError, tooManyAppends } from './event-log-error.ts';
import type { AppendRequest } from './sqlite-log-writer.ts';

/**
 * The queue before the one writer. Whatever arrives during one turn of the event loop, or while the
 * disk syncs, goes into the next transaction together: one sync then serves up to 128 events, which
 * keeps a commit to a few milliseconds of the main thread.
 */
const GROUP_EVENTS = 128;
const GROUP_BYTES = 1_048_576;

/** Writes a group and says per request what became of it. */
export type CommitGroup = (
  group: readonly AppendRequest[],
) => readonly (Appended | EventLogError)[];

interface Waiting extends AppendRequest {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

export class CommitQueue {
  readonly #commit: CommitGroup;
  readonly #mostWaiting: number;
  #waiting: Waiting[] = [];
  #scheduled = false;
  readonly #turn = (): void => {
    this.#scheduled = false;
    this.#commitGroup();
    this.#schedule();
  };

  constructor(commit: CommitGroup, mostWaiting: number = LOG_LIMITS.mostWaiting) {
    this.#commit = commit;
    this.#mostWaiting = mostWaiting;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** @throws EventLogError overloaded, and whatever became of the group */
  add({ stream, expected, events }: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#mostWaiting) {
        reject(tooManyAppends(this.#mostWaiting));
        return;
      }
      this.#waiting.push({ stream, expected, events, resolve, reject });
      this.#schedule();
    });
  }

  /** Writes everything that waits, now. */
  drain(): void {
    while (this.#waiting.length > 0) this.#commitGroup();
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(this.#turn);
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    try {
      const outcomes = this.#commit(group);
      for (const [at, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[at];
        if (outcome === undefined || outcome instanceof EventLogError) reject(outcome);
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  #takeGroup(): readonly Waiting[] {
    const end = this.#endOfGroup();
    const group = this.#waiting;
    this.#waiting = group.slice(end);
    return end === group.length ? group : group.slice(0, end);
  }

  /** How many of those who wait go together; a single append may be larger than a group. */
  #endOfGroup(): number {
    let events = 0;
    let bytes = 0;
    for (const [at, waiting] of this.#waiting.entries()) {
      events += waiting.events.length;
      for (const { leaf } of waiting.events) bytes += leaf.length;
      if (at > 0 && (events > GROUP_EVENTS || bytes > GROUP_BYTES)) return at;
    }
    return this.#waiting.length;
  }
}
