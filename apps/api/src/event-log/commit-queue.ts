import type { Appended } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import type { AppendRequest } from './sqlite-log-writer.ts';

/**
 * The queue before the one writer. Whatever arrives during one turn of the event loop, or while the
 * disk syncs, goes into the next transaction together: one sync then serves up to 64 events, which is
 * what keeps a commit under 10 ms of the main thread.
 */
export const GROUP_EVENTS = 64;
const GROUP_BYTES = 1_048_576;
/** Some two seconds of appends at the rate that this class of machine sustains alone. */
export const MOST_WAITING = 4_096;

/** Writes a group and says per request what became of it. */
export type CommitGroup = (
  group: readonly AppendRequest[],
) => readonly (Appended | EventLogError)[];

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

export class CommitQueue {
  readonly #commit: CommitGroup;
  readonly #mostWaiting: number;
  #waiting: Waiting[] = [];
  #scheduled = false;

  constructor(commit: CommitGroup, mostWaiting = MOST_WAITING) {
    this.#commit = commit;
    this.#mostWaiting = mostWaiting;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** @throws EventLogError overloaded, and whatever became of the group */
  add(request: AppendRequest): Promise<Appended> {
    if (this.#waiting.length >= this.#mostWaiting) {
      const facts = { limit: this.#mostWaiting, retryAfterMs: 1_000 };
      return Promise.reject(
        new EventLogError('overloaded', 'too many appends wait for the disk', facts),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
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
    setImmediate(() => {
      this.#scheduled = false;
      this.#commitGroup();
      this.#schedule();
    });
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    try {
      const outcomes = this.#commit(group.map(({ request }) => request));
      group.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at];
        if (outcome === undefined || outcome instanceof EventLogError) reject(outcome);
        else resolve(outcome);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  #takeGroup(): readonly Waiting[] {
    let events = 0;
    let bytes = 0;
    const end = this.#waiting.findIndex(({ request }, at) => {
      events += request.events.length;
      bytes += request.events.reduce((sum, { leaf }) => sum + leaf.length, 0);
      // A single append may be larger than a group: it is then a group of its own.
      return at > 0 && (events > GROUP_EVENTS || bytes > GROUP_BYTES);
    });
    const group = end === -1 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = end === -1 ? [] : this.#waiting.slice(end);
    return group;
  }
}
