import type { EventLog, StoredEvent } from '../event-log/event-log.ts';
import { turn } from '../event-log/turn.ts';

/** A page of the log: where a walk begins and ends, what it finds on the way, and where to go on. */
export interface Stretch {
  /** Both included; nothing where the first is beyond the last. */
  readonly first: number;
  readonly last: number;
  /** From the last to the first: newest first. */
  readonly way: 1 | -1;
}

/** What was found up to a number, that number included, in the order of the walk. */
export interface Found {
  readonly seqs: readonly number[];
  readonly reached: number;
}

export interface Entries {
  readonly events: readonly StoredEvent[];
  /** Ask again with this as `after` (or `before`); absent at the end. */
  readonly next?: number;
}

/** Without a filter: the next events themselves. */
export async function nextEntries(
  log: EventLog,
  { first, last, way }: Stretch,
  limit: number,
): Promise<Entries> {
  const count = Math.min(limit, last - first + 1);
  if (count <= 0) return { events: [] };
  const from = way === 1 ? first : last - count + 1;
  const events = await read(log, from, count);
  const end = way === 1 ? from + count - 1 : from;
  const isEnd = end === (way === 1 ? last : first);
  return { events: way === 1 ? events : events.toReversed(), ...(isEnd ? {} : { next: end }) };
}

/** The first `limit` events that were found, and where whoever looked for them stopped. */
export async function foundEntries(
  log: EventLog,
  { first, last, way }: Stretch,
  limit: number,
  found: AsyncIterable<Found>,
): Promise<Entries> {
  const end = way === 1 ? last : first;
  const seqs: number[] = [];
  let reached = end;
  for await (const stretch of found) {
    seqs.push(...stretch.seqs.slice(0, limit - seqs.length));
    reached = stretch.reached;
    if (seqs.length === limit) reached = seqs.at(-1) ?? end;
    if (seqs.length === limit || reached === end) break;
    await turn();
  }
  const events = await eventsOf(log, seqs);
  return { events, ...(reached === end ? {} : { next: reached }) };
}

/** The events of these numbers, in their order; neighbours are read at once. */
export async function eventsOf(
  log: EventLog,
  seqs: readonly number[],
): Promise<readonly StoredEvent[]> {
  const inOrder = seqs.toSorted((one, other) => one - other);
  const bySeq = new Map<number, StoredEvent>();
  for (let at = 0; at < inOrder.length;) {
    const from = inOrder[at] ?? 0;
    let count = 1;
    while (inOrder[at + count] === from + count) count += 1;
    for (const event of await read(log, from, count)) bySeq.set(event.seq, event);
    at += count;
  }
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

/** A page may end early at what is damaged; asking for that says so. */
async function read(log: EventLog, from: number, count: number): Promise<readonly StoredEvent[]> {
  const { events } = await log.page(from - 1, count);
  if (events.length < count) await log.page(from - 1 + events.length, 1);
  return events;
}
