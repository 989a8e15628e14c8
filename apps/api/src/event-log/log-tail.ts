import type { StoredEvent } from './event-log.ts';
import { type EventRow, openedEvent } from './event-row.ts';

/**
 * The newest events in memory, and who waits for the next. Live followers are served from here and
 * never touch the disk; one that fell out of it reads pages until it is back.
 */
const KEPT_EVENTS = 1_024;
const KEPT_CHARACTERS = 8 * 1_048_576;

interface Kept {
  row: EventRow;
  /** Made for the first follower that asks; all of them share it. */
  event: StoredEvent | undefined;
}

export class LogTail {
  #kept: Kept[] = [];
  #characters = 0;
  #waiting = new Set<() => void>();

  /** Called after COMMIT, in commit order. */
  push(rows: readonly EventRow[]): void {
    if (rows.length === 0) return;
    for (const row of rows) {
      this.#kept.push({ row, event: undefined });
      this.#characters += sizeOf(row);
    }
    this.#trim();
    this.wake();
  }

  /** Up to `limit` events after `position`; `undefined` when the first of them is not in memory. */
  after(position: number, head: number, limit: number): readonly StoredEvent[] | undefined {
    if (position >= head) return [];
    const first = this.#kept[0]?.row.seq;
    if (first === undefined || first > position + 1) return undefined;
    const start = position + 1 - first;
    return this.#kept
      .slice(start, start + limit)
      .map((kept) => (kept.event ??= openedEvent(kept.row)));
  }

  /** Forgets what was disclosed by an event, in memory too. */
  forget(seq: number, vault: string | null): void {
    const kept = this.#kept.find(({ row }) => row.seq === seq);
    if (kept === undefined) return;
    kept.row = { ...kept.row, vault };
    kept.event = undefined;
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

  #trim(): void {
    let dropped = 0;
    while (
      this.#kept.length - dropped > KEPT_EVENTS ||
      (this.#characters > KEPT_CHARACTERS && this.#kept.length - dropped > 1)
    ) {
      const kept = this.#kept[dropped];
      if (kept === undefined) break;
      this.#characters -= sizeOf(kept.row);
      dropped += 1;
    }
    if (dropped > 0) this.#kept.splice(0, dropped);
  }
}

function sizeOf(row: EventRow): number {
  return row.leaf.length + (row.vault?.length ?? 0);
}
