import { sameHash } from '@ceasewatch/tlog/chain';
import type { Appended, AppendedEvent, EventToAppend } from './event-log.ts';
import { EventLogError, idReused, isEventLogError } from './event-log-error.ts';
import { openedEvent } from './event-row.ts';
import { appendedOf, checkSame } from './eventstoredb-answer.ts';
import type { EventStoreDbCopy, Seen } from './eventstoredb-copy.ts';
import type { Until } from './eventstoredb-patience.ts';
import type { StoreRecord } from './eventstoredb-record.ts';
import { Sightings } from './eventstoredb-sightings.ts';
import type { EventStoreDbStreams } from './eventstoredb-streams.ts';

/**
 * From "the store has these ids" to the events' numbers. The store says success also when it knows the
 * ids from another append (T27), so what stands there is compared with what was sent: as this node has
 * seen it or, when that takes too long, as it stands in the store.
 */
export interface SentEvents {
  /** Which append it was. */
  readonly mark: string;
  readonly events: readonly EventToAppend[];
  readonly until: Until;
}

/** What the node has not seen itself after this is left without its number. */
const SEEN_WITHIN_MS = 2_000;
const AGAIN_MS = 250;

export class EventStoreDbNumbering {
  readonly #copy: EventStoreDbCopy;
  readonly #streams: EventStoreDbStreams;
  readonly #sightings = new Sightings();
  /** For as long as somebody may ask for the numbers. */
  readonly #sent = new WeakMap<Appended, SentEvents>();

  constructor(copy: EventStoreDbCopy, streams: EventStoreDbStreams) {
    this.#copy = copy;
    this.#streams = streams;
  }

  /** What an answer is of, so that it can be compared. */
  sent(appended: Appended, sent: SentEvents): Appended {
    this.#sent.set(appended, sent);
    return appended;
  }

  /** Of every batch that this node has taken into its copy. */
  tell(seen: readonly Seen[]): void {
    this.#sightings.tell(seen);
  }

  /** @throws EventLogError id_reused, outcome_unknown */
  async numbered(stream: string, appended: Appended): Promise<Appended> {
    const { events } = appended;
    if (events.every(({ seq }) => seq !== null)) return appended;
    const sighting = this.#sightings.begin(stream, events, ({ revision, id }) =>
      this.#copy.seenAt(stream, revision, id),
    );
    try {
      const sent = this.#sent.get(appended);
      for (let ms = SEEN_WITHIN_MS; ; ms = AGAIN_MS) {
        const seen = await sighting.all(ms);
        const isWhole = seen.every((each) => each !== undefined);
        if (isWhole || sent === undefined) return asSeen(stream, appended, seen, sent);
        const records = await this.#inStore(stream, appended);
        if (records.length === events.length) {
          return await this.#asStored(stream, appended, records, sent);
        }
        // A server that has just started may acknowledge before it shows: then it is asked again.
        if (performance.now() < sent.until.sent) continue;
        const why = 'the store said that it was written, and does not show it';
        throw new EventLogError('outcome_unknown', why, { stream });
      }
    } finally {
      sighting.end();
    }
  }

  async #inStore(stream: string, { events }: Appended): Promise<readonly StoreRecord[]> {
    try {
      return await this.#streams.at(stream, events[0]?.revision ?? 0, events.length);
    } catch (error) {
      if (isEventLogError(error, 'store_unavailable')) return [];
      throw error;
    }
  }

  /** Durable in the store and not numbered here. */
  async #asStored(
    stream: string,
    appended: Appended,
    records: readonly StoreRecord[],
    { events }: SentEvents,
  ): Promise<Appended> {
    const isOurs = events.every(({ leaf }, at) => {
      const record = records[at];
      return record?.kind === 'event' && record.leaf === leaf;
    });
    if (isOurs) return appended;
    const kept = await this.#streams.opened(records);
    for (const [at, event] of events.entries()) {
      const there = kept[at];
      if (there === undefined) throw idReused(event.envelope.id);
      checkSame(stream, there, event);
    }
    return appendedOf('already', kept);
  }
}

/** The numbers that were seen; where another append was first, its answer. */
function asSeen(
  stream: string,
  appended: Appended,
  seen: readonly (Seen | undefined)[],
  sent: SentEvents | undefined,
): Appended {
  const events = appended.events.map((event, at): AppendedEvent => {
    const { row, why } = seen[at] ?? {};
    // The same id was written into another stream before: this one will never have a number.
    if (why !== undefined) throw idReused(event.id, why);
    return row === undefined ? event : { ...event, seq: row.seq };
  });
  if (sent === undefined || isOf(sent, seen)) return { ...appended, events };
  const kept = seen.flatMap((each) => (each?.row === undefined ? [] : [openedEvent(each.row)]));
  for (const [at, event] of sent.events.entries()) {
    const there = kept[at];
    if (there !== undefined) checkSame(stream, there, event);
  }
  return appendedOf('already', kept);
}

/** By the mark; of what was seen so long ago that nobody knows its mark, by the bytes. */
function isOf({ mark, events }: SentEvents, seen: readonly (Seen | undefined)[]): boolean {
  return events.every(({ leafHash }, at) => {
    const { mark: itsMark, row } = seen[at] ?? {};
    if (itsMark !== undefined) return itsMark === mark;
    return row !== undefined && sameHash(row.leafHash, leafHash);
  });
}
