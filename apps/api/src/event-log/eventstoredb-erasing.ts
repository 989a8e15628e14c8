import { streamOf } from '@ceasewatch/domain/recorded-event';
import type { EventToAppend, StoredDisclosure, StreamEvent } from './event-log.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import { digestsOf } from './event-row.ts';
import type { StoreClient } from './eventstoredb-client.ts';
import type { EventStoreDbCopy } from './eventstoredb-copy.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import type { KeptInStore } from './eventstoredb-record.ts';
import type { EventStoreDbStreams } from './eventstoredb-streams.ts';
import type { EventStoreDbWriter } from './eventstoredb-writer.ts';

/**
 * How the store forgets: what an erasure leaves is kept with the erasure, then the erasure is written,
 * then the vault's stream is tombstoned, by every node that sees it, so that none has to be sure of
 * another. Each node's own rows are gone in the transaction that numbers the erasure.
 */
export class EventStoreDbErasing {
  readonly #client: StoreClient;
  readonly #copy: EventStoreDbCopy;
  readonly #names: StoreNames;
  readonly #streams: EventStoreDbStreams;
  readonly #writer: EventStoreDbWriter;

  constructor(
    client: StoreClient,
    copy: EventStoreDbCopy,
    names: StoreNames,
    streams: EventStoreDbStreams,
    writer: EventStoreDbWriter,
  ) {
    this.#client = client;
    this.#copy = copy;
    this.#names = names;
    this.#streams = streams;
    this.#writer = writer;
  }

  /** Before an append. @throws EventLogError malformed_append when it erases what is not its stream's */
  async prepare(events: readonly EventToAppend[]): Promise<void> {
    for (const { envelope } of events.filter(isErasure)) {
      const { event: id, digests } = envelope.data;
      const { events: there } = await this.#streams.source(streamOf(envelope.subject), 0);
      const erased = there.find((each) => each.envelope.id === id);
      const own = erased === undefined ? [] : digestsOf(erased.envelope);
      const named: readonly unknown[] = Array.isArray(digests) ? digests : [];
      if (erased === undefined || named.some((each) => !own.includes(String(each)))) {
        const why = 'an erasure names disclosures of its own stream';
        throw new EventLogError('malformed_append', why, { eventId: envelope.id });
      }
      await this.#writer.keepLeft(envelope.id, leftOf(erased, named));
    }
  }

  /** Tombstones what is due; what cannot be done now stays due. */
  async finish(): Promise<void> {
    for (const eventId of this.#copy.tombstonesDue) {
      try {
        await this.#client.tombstone(this.#names.vaultOf(eventId));
      } catch (error) {
        if (isEventLogError(error, 'store_unavailable')) return;
        throw error;
      }
      this.#copy.tombstoned(eventId);
    }
  }
}

/** What is left of an event's vault, and of what is gone, now or before, the names. */
function leftOf({ disclosed }: StreamEvent, erased: readonly unknown[]): KeptInStore {
  const isGone = ({ state, digest }: StoredDisclosure) =>
    state === 'erased' || erased.includes(digest);
  const entries = Object.entries(disclosed);
  return {
    disclosures: entries.flatMap(([, each]) =>
      each.disclosure === undefined || isGone(each) ? [] : [each.disclosure],
    ),
    // What was never shown to this node stands under its digest: its name is not known here.
    erased: Object.fromEntries(
      entries.flatMap(([name, each]) =>
        isGone(each) && name !== each.digest ? [[each.digest, name]] : [],
      ),
    ),
  };
}

export function isErasure({ envelope }: Pick<EventToAppend, 'envelope'>): boolean {
  return envelope.type === 'disclosure.erased.v1';
}
