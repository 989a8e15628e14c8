import type { EventLog, StoredEvent } from '../event-log/event-log.ts';
import { turn } from '../event-log/turn.ts';

/**
 * Pages of the raw log through a test of its envelopes. The log has no index but its numbers, so a page
 * looks at a bounded stretch and says where to go on, even if it found nothing there.
 */
export type EntryTest = (event: StoredEvent) => boolean;

export interface Entries {
  readonly events: readonly StoredEvent[];
  /** Ask again with this as `after` (or `before`); absent at the end. */
  readonly next?: number;
}

/** Events that one request may look at. */
const MOST_LOOKED_AT = 10_000;
/** A few milliseconds of the main thread; other work gets its turn between two of them. */
const STEP = 250;

/** Oldest first, from the event after `after` up to `last`. */
export async function entriesAfter(
  log: EventLog,
  after: number,
  last: number,
  limit: number,
  test: EntryTest,
): Promise<Entries> {
  const found: StoredEvent[] = [];
  // Behind the head there is nothing, and the log would say that it does not know the place.
  let position = Math.min(after, last);
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += STEP) {
    if (position >= last) return { events: found };
    const { events } = await log.page(position, Math.min(STEP, last - position));
    for (const event of events) {
      position = event.seq;
      if (test(event)) found.push(event);
      if (found.length === limit) {
        return position === last ? { events: found } : { events: found, next: position };
      }
    }
    await turn();
  }
  return position >= last ? { events: found } : { events: found, next: position };
}

/** Newest first, from the event before `before`. */
export async function entriesBefore(
  log: EventLog,
  before: number,
  limit: number,
  test: EntryTest,
): Promise<Entries> {
  const found: StoredEvent[] = [];
  let end = Math.min(before, log.head().seq + 1);
  for (let looked = 0; looked < MOST_LOOKED_AT && end > 0; looked += STEP) {
    const start = Math.max(0, end - STEP);
    const { events } = await log.page(start - 1, end - start);
    const reached = events.at(-1)?.seq ?? start - 1;
    // Less than asked for: what comes next is damaged, and asking for it says so.
    if (reached < end - 1) await log.page(reached, 1);
    for (const event of events.toReversed()) {
      end = event.seq;
      if (test(event)) found.push(event);
      if (found.length === limit)
        return end === 0 ? { events: found } : { events: found, next: end };
    }
    await turn();
  }
  return end === 0 ? { events: found } : { events: found, next: end };
}
