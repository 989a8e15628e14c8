import { digestOf } from '@ceasewatch/tlog/disclosure';
import type { StreamEvent, StreamSlice } from './event-log.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import { digestsOf, openedEvent, type VaultItem } from './event-row.ts';
import type { StoreClient } from './eventstoredb-client.ts';
import type { ReadEvent } from './eventstoredb-messages.ts';
import type { EventStoreDbCopy } from './eventstoredb-copy.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import { readRecord, type StoreRecord, vaultEntryOf } from './eventstoredb-record.ts';
import { nativeLeafHash, nativeSha256 } from './native-sha256.ts';

/**
 * A stream to its end: what this node has numbered comes from its copy, what came since from the store,
 * with its disclosures from the vault.
 */
const MOST_OF_A_STREAM = 4_096;
const NOTHING: ReadonlyMap<string, VaultItem> = new Map();
const NOT_NUMBERED = -1;
/** What stands in the way of an append is to be seen within a turn or two of the store. */
const AGAIN_MS = 50;
const NO_CHAIN = new Uint8Array(0);

export class EventStoreDbStreams {
  readonly #client: StoreClient;
  readonly #copy: EventStoreDbCopy;
  readonly #names: StoreNames;

  constructor(client: StoreClient, copy: EventStoreDbCopy, names: StoreNames) {
    this.#client = client;
    this.#copy = copy;
    this.#names = names;
  }

  /** @throws EventLogError store_unavailable */
  async source(stream: string, from: number): Promise<StreamSlice> {
    const { events: newer, last } = await this.#newer(
      stream,
      Math.max(from, this.#copy.nextRevision(stream)),
    );
    const numbered = this.#copy.source(stream, from);
    const known = new Set(numbered.events.map(({ envelope }) => envelope.revision));
    const unnumbered = newer.filter(({ envelope }) => !known.has(envelope.revision));
    const end = Math.max(last, this.#copy.nextRevision(stream) - 1);
    return { events: [...numbered.events, ...unnumbered], revision: end === -1 ? 'none' : end };
  }

  /**
   * What stands in a stream up to a revision with which the store refused an append: a busy one may
   * not show it yet. Nothing where this node has all of it.
   *
   * @throws EventLogError outcome_unknown: what was refused may be there by an earlier try
   */
  async upTo(stream: string, revision: number, end: number): Promise<readonly StreamEvent[]> {
    for (;;) {
      if (revision < this.#copy.nextRevision(stream)) return [];
      try {
        const there = await this.source(stream, 0);
        if (there.revision !== 'none' && there.revision >= revision) return there.events;
      } catch (error) {
        if (!isEventLogError(error, 'store_unavailable')) throw error;
      }
      if (performance.now() + AGAIN_MS > end) {
        const why = 'the store refused it because of what it does not show';
        throw new EventLogError('outcome_unknown', why, { stream });
      }
      await new Promise((resume) => setTimeout(resume, AGAIN_MS));
    }
  }

  /** The records of a place in the store, as they were read there. @throws EventLogError store_unavailable */
  async at(stream: string, from: number, count: number): Promise<readonly StoreRecord[]> {
    const { events } = await this.#client.readStream(this.#names.inStore(stream), from, count);
    return this.#records(events);
  }

  /** Events that were read in the store, with their numbers where this node has numbered them. */
  async opened(records: readonly StoreRecord[]): Promise<readonly StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (const record of records) {
      if (record.kind !== 'event') continue;
      const { envelope, leaf } = record;
      const numbered = this.#copy.reader.rowById(envelope.id);
      if (numbered !== undefined) {
        const kept = openedEvent(numbered);
        // The same id at another place: that one will never be numbered.
        if (kept.envelope.revision === envelope.revision) events.push(kept);
        continue;
      }
      const digests = digestsOf(envelope);
      const disclosures = digests.length === 0 ? NOTHING : await this.#disclosuresOf(envelope.id);
      const vault = JSON.stringify(digests.map((digest) => disclosures.get(digest) ?? null));
      const leafHash = nativeLeafHash(leaf);
      const row = { seq: NOT_NUMBERED, leaf, leafHash, chain: NO_CHAIN, vault };
      events.push({ ...openedEvent(row), seq: null });
    }
    return events;
  }

  /** What stands in a stream from a revision on, and its last revision of all, -1 where it is not known. */
  async #newer(
    stream: string,
    from: number,
  ): Promise<{ readonly events: readonly StreamEvent[]; readonly last: number }> {
    const name = this.#names.inStore(stream);
    const { exists, events } = await this.#client.readStream(name, from, MOST_OF_A_STREAM);
    const last = events.at(-1);
    if (last !== undefined) {
      return { events: await this.opened(this.#records(events)), last: Number(last.revision) };
    }
    const isBeyond = exists && from > this.#copy.nextRevision(stream);
    const end = isBeyond ? (await this.#client.readLast(name)).events[0] : undefined;
    return { events: [], last: end === undefined ? -1 : Number(end.revision) };
  }

  #records(events: readonly ReadEvent[]): readonly StoreRecord[] {
    return events.map((event) => readRecord(event, this.#names));
  }

  async #disclosuresOf(eventId: string): Promise<ReadonlyMap<string, VaultItem>> {
    const waiting = this.#copy.disclosuresWaiting(eventId);
    if (waiting.size > 0) return waiting;
    const name = this.#names.vaultOf(eventId);
    const { events } = await this.#client.readStream(name, 0, MOST_OF_A_STREAM);
    const all = events.flatMap((event) => vaultEntryOf(event)?.disclosures ?? []);
    return new Map(all.map((each) => [digestOf(each, nativeSha256), each]));
  }
}
