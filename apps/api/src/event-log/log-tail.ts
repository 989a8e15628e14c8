import type { StoredEvent } from './event-log.ts';
import { type EventRow, openedEvent } from './event-row.ts';

/**
 * The newest events in memory, and who waits for the next. Live followers are served from here and
 * never touch the disk; one that fell out of it reads pages until it is back.
 */
const KEPT_EVENTS = 1_024;
const KEPT_CHARACTERS = 8 * 1_048_576;

interface Kept {
  readonly row: EventRow;
  /** Made for the first follower that asks; all of them share it. */
  event: StoredEvent | undefined;
}

export class LogTail {
  /** A ring: event n lies at n modulo its length, and the newest takes the place of the oldest. */
  readonly #ring = Array.from({ length: KEPT_EVENTS }, (): Kept | undefined => undefined);
  /** Numbers of the oldest event that is kept and of the one that comes next. */
  #oldest = 0;
  #next = 0;
  #characters = 0;
  #waiting = new Set<() => void>();

  /** Called after COMMIT, in commit order. */
  push(rows: readonly EventRow[]): void {
    const [first] = rows;
    if (first === undefined) return;
    if (this.#next === this.#oldest) this.#oldest = this.#next = first.seq;
    for (const row of rows) {
      if (this.#next - this.#oldest === KEPT_EVENTS) this.#dropOldest();
      this.#ring[row.seq % KEPT_EVENTS] = { row, event: undefined };
      this.#next = row.seq + 1;
      this.#characters += sizeOf(row);
    }
    while (this.#characters > KEPT_CHARACTERS && this.#next - this.#oldest > 1) this.#dropOldest();
    this.wake();
  }

  /** Up to `limit` events after `position`; `undefined` when the first of them is not in memory. */
  after(position: number, head: number, limit: number): readonly StoredEvent[] | undefined {
    if (position >= head) return [];
    if (position + 1 < this.#oldest || this.#next === this.#oldest) return undefined;
    const events: StoredEvent[] = [];
    const end = Math.min(position + 1 + limit, this.#next);
    for (let seq = position + 1; seq < end; seq += 1) {
      const kept = this.#ring[seq % KEPT_EVENTS];
      if (kept !== undefined) events.push((kept.event ??= openedEvent(kept.row)));
    }
    return events;
  }

  /** Forgets what was disclosed by an event, in memory too. */
  forget(seq: number, vault: string | null): void {
    const kept = this.#ring[seq % KEPT_EVENTS];
    if (kept?.row.seq !== seq) return;
    const row = { ...kept.row, vault };
    this.#ring[seq % KEPT_EVENTS] = { row, event: undefined };
    this.#characters += sizeOf(row) - sizeOf(kept.row);
  }

  /** Resolves at the next wake, or when the signal is aborted. */
  next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const done of waiting) done();
  }

  #dropOldest(): void {
    const kept = this.#ring[this.#oldest % KEPT_EVENTS];
    if (kept !== undefined) this.#characters -= sizeOf(kept.row);
    this.#ring[this.#oldest % KEPT_EVENTS] = undefined;
    this.#oldest += 1;
  }
}

function sizeOf({ leaf, vault }: EventRow): number {
  return leaf.length + (vault?.length ?? 0);
}
