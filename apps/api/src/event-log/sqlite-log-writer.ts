import type { StatementSync } from 'node:sqlite';
import { subjectOf } from '@ceasewatch/domain/recorded-event';
import { chainNext } from '@ceasewatch/tlog/chain';
import { eventIdBytes, isEventId } from '@ceasewatch/tlog/event-id';
import type { Appended, AppendedEvent, Expected } from './event-log.ts';
import { EventLogError, idReused } from './event-log-error.ts';
import { digestsOf, type EventRow, openedDisclosure, storedEvent } from './event-row.ts';
import type { EventToKeep } from './moved-event.ts';
import { nativeSha256 } from './native-sha256.ts';
import { RecentlyUsed } from './recently-used.ts';
import { isSame } from './same-or-not.ts';
import type { WriterConnection } from './sqlite-connection.ts';
import { DiskFull, failureOf } from './sqlite-failure.ts';
import type { SqliteLogReader } from './sqlite-log-reader.ts';
import { SqliteVault } from './sqlite-vault.ts';

/**
 * The one writer of the log. A group of appends becomes one transaction: each is checked against the
 * heads of its stream before anything of it is inserted, so that a conflict never dirties the
 * transaction, and everything that was believed of heads is forgotten when COMMIT has not returned.
 */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly EventToKeep[];
}

/** What a group did: one outcome per request, and the rows that everybody may now see. */
export interface Committed {
  readonly outcomes: readonly (Appended | EventLogError)[];
  readonly rows: readonly EventRow[];
  /** The vault's rows from which disclosures are gone. */
  readonly erased: readonly ErasedRow[];
}

export interface ErasedRow {
  readonly seq: number;
  readonly vault: string;
}

/** What is believed of a stream: it moves with every insert, and is forgotten when a commit fails. */
interface StreamHead {
  /** Of no meaning while the stream does not exist. */
  streamId: number;
  /** -1 when the stream does not exist yet. */
  revision: number;
}

export interface WriterPosition {
  readonly seq: number;
  readonly chain: Uint8Array;
  /** The latest time of any event so far. */
  readonly time: string;
}

/** Heads kept in memory: some 150 bytes each. */
const KEPT_HEADS = 20_000;

export class SqliteLogWriter {
  readonly #connection: WriterConnection;
  /** Reads on the writer's own connection, so it sees what the open transaction has inserted. */
  readonly #own: SqliteLogReader;
  readonly #vault: SqliteVault;
  readonly #heads = new RecentlyUsed<string, StreamHead>(KEPT_HEADS);
  readonly #insertStream: StatementSync;
  readonly #insertEvent: StatementSync;
  readonly #findStream: StatementSync;
  readonly #hasRoom: () => boolean;
  #nextStreamId: number;
  #position: WriterPosition;

  /** @param hasRoom asked before anything is inserted; where there is none, the disk is full */
  constructor(
    connection: WriterConnection,
    own: SqliteLogReader,
    position: WriterPosition,
    hasRoom: () => boolean = () => true,
  ) {
    const { db } = connection;
    this.#hasRoom = hasRoom;
    this.#connection = connection;
    this.#own = own;
    this.#position = position;
    this.#vault = new SqliteVault(db);
    this.#insertStream = db.prepare('INSERT INTO streams (id, name) VALUES (?, ?)');
    this.#insertEvent = db.prepare(
      'INSERT INTO events (seq, stream_id, revision, event_id, leaf, leaf_hash, chain) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#findStream = db.prepare(
      'SELECT id, (SELECT max(revision) FROM events WHERE stream_id = streams.id) AS revision FROM streams WHERE name = ?',
    );
    this.#nextStreamId =
      1 + Number(db.prepare('SELECT max(id) AS id FROM streams').get()?.['id'] ?? 0);
  }

  get position(): WriterPosition {
    return this.#position;
  }

  /** What the next append to a stream has to expect: from memory, or read once and kept. */
  expected(stream: string): Expected {
    const { revision } = this.#headOf(stream);
    return revision === -1 ? 'none' : revision;
  }

  /**
   * Writes a group in one transaction and returns after it has been synced.
   *
   * @throws the error of SQLite, after rolling back; then nothing of the group was written, unless it
   *   came from COMMIT itself, which `CommitFailed` says
   */
  commit(group: readonly AppendRequest[]): Committed {
    try {
      return this.#transaction(group, false);
    } catch (error) {
      // An id that is used elsewhere shows only in the index: look every id up, once more.
      if (failureOf(error) !== 'not_unique') throw error;
      return this.#transaction(group, true);
    }
  }

  #transaction(group: readonly AppendRequest[], lookUpIds: boolean): Committed {
    const before = this.#position;
    const work: Work = { rows: [], erased: [] };
    this.#connection.begin();
    try {
      const outcomes = group.map((request) => this.#append(request, work, lookUpIds));
      this.#commit();
      return { outcomes, rows: work.rows, erased: work.erased };
    } catch (error) {
      this.#position = before;
      this.#heads.clear();
      throw this.#rolledBack(error);
    }
  }

  /**
   * What went wrong first says what became of the group. Of a connection that cannot even roll back the
   * next BEGIN says so.
   */
  #rolledBack(first: unknown): unknown {
    try {
      this.#connection.rollback();
      return first;
    } catch (rollback) {
      return first instanceof CommitFailed ? new CommitFailed(first.cause, rollback) : first;
    }
  }

  #commit(): void {
    try {
      this.#connection.commit();
    } catch (cause) {
      // A full disk is found before the commit mark is written; any other failure may come after it.
      if (failureOf(cause) === 'full') throw cause;
      throw new CommitFailed(cause);
    }
  }

  #append(request: AppendRequest, work: Work, lookUpIds: boolean): Appended | EventLogError {
    const { stream, expected, events } = request;
    const head = this.#headOf(stream);
    const expectedRevision = expected === 'none' ? -1 : expected;
    if (head.revision !== expectedRevision) return this.#recognised(request, head.revision);
    if (lookUpIds) {
      const used = events.find(({ envelope }) => this.#isUsed(envelope.id, stream, head));
      if (used !== undefined) return idReused(used.envelope.id);
    }
    const erasure = events.find((event) => erasedBy(event) !== undefined && !this.#canErase(event));
    if (erasure !== undefined) return unknownErasure(erasure.envelope.id);
    if (!this.#hasRoom()) throw new DiskFull();
    if (head.revision === -1) {
      head.streamId = this.#nextStreamId++;
      this.#insertStream.run(head.streamId, stream);
    }
    const appended = events.map((event) => this.#insert(event, head, work));
    return { outcome: 'appended', revision: head.revision, events: appended };
  }

  /** @throws EventLogError log_corrupt when it is of this very stream, which does not know of it */
  #isUsed(eventId: string, stream: string, { revision }: StreamHead): boolean {
    const row = this.#own.rowById(eventId);
    if (row === undefined) return false;
    const kept = storedEvent(row).envelope;
    if (kept.subject === subjectOf(stream) && kept.revision > revision) {
      const why = `an index of the log is damaged: ${stream} does not lead to its event ${row.seq}`;
      throw new EventLogError('log_corrupt', why);
    }
    return true;
  }

  #insert(event: EventToKeep, head: StreamHead, work: Work): AppendedEvent {
    const { id, type, time } = event.envelope;
    const { leaf, leafHash, isAsRead } = event;
    const before = this.#position;
    const seq = before.seq + 1;
    const revision = head.revision + 1;
    const chain = chainNext(before.chain, leafHash, nativeSha256);
    this.#insertEvent.run(seq, head.streamId, revision, eventIdBytes(id), leaf, leafHash, chain);
    const vault = event.vault === undefined ? null : this.#vault.keep(seq, event.vault);
    const erased = erasedBy(event);
    if (erased !== undefined) this.#erase(erased, work);
    this.#position = { seq, chain, time: time > before.time ? time : before.time };
    head.revision = revision;
    const read = isAsRead === true ? event.envelope : undefined;
    work.rows.push({ seq, leaf, leafHash, chain, vault, read });
    return { id, type, revision, time, seq };
  }

  /** The stream is elsewhere than expected: is it because these very events are there already? */
  #recognised(
    { stream, expected, events }: AppendRequest,
    actual: number,
  ): Appended | EventLogError {
    const appended: AppendedEvent[] = [];
    for (const event of events) {
      const row = this.#own.rowById(event.envelope.id);
      // The rest of a command that is only partly there is somebody else's place.
      if (row === undefined) return conflictAt(stream, expected, actual);
      const kept = storedEvent(row);
      if (subjectOf(stream) !== kept.envelope.subject || !isSame(kept, sentEvent(event, row.seq))) {
        return idReused(event.envelope.id);
      }
      const { id, type, revision, time } = kept.envelope;
      appended.push({ id, type, revision, time, seq: row.seq });
    }
    return { outcome: 'already', revision: appended.at(-1)?.revision ?? actual, events: appended };
  }

  #canErase({ envelope }: EventToKeep): boolean {
    const erased = erasedBy({ envelope });
    const row = erased && this.#own.rowById(erased.event);
    if (erased === undefined || row === undefined) return false;
    const kept = storedEvent(row).envelope;
    const digests = digestsOf(kept);
    return (
      kept.subject === envelope.subject && erased.digests.every((each) => digests.includes(each))
    );
  }

  #erase({ event, digests }: Erasure, work: Work): void {
    const row = this.#own.rowById(event);
    if (row === undefined) throw unknownErasure(event);
    work.erased.push({ seq: row.seq, vault: this.#vault.erase(row, digests) });
  }

  #headOf(stream: string): StreamHead {
    const kept = this.#heads.get(stream);
    if (kept !== undefined) return kept;
    const row = this.#findStream.get(stream);
    const head: StreamHead =
      row === undefined
        ? { streamId: 0, revision: -1 }
        : { streamId: Number(row['id']), revision: Number(row['revision']) };
    this.#heads.set(stream, head);
    return head;
  }
}

/** COMMIT itself failed: the group may be on the disk or not. */
export class CommitFailed extends Error {
  /** What the attempt to roll back met. */
  readonly rollback: unknown;

  constructor(cause: unknown, rollback?: unknown) {
    super('the commit failed', { cause });
    this.name = 'CommitFailed';
    this.rollback = rollback;
  }
}

/** What one transaction has done. */
interface Work {
  readonly rows: EventRow[];
  readonly erased: ErasedRow[];
}

interface Erasure {
  readonly event: string;
  readonly digests: readonly string[];
}

/** What an event erases, if that is what it is. */
function erasedBy({ envelope }: Pick<EventToKeep, 'envelope'>): Erasure | undefined {
  if (envelope.type !== 'disclosure.erased.v1') return undefined;
  const { event, digests } = envelope.data;
  if (typeof event !== 'string' || !isEventId(event) || !Array.isArray(digests)) return undefined;
  return { event, digests: digests.map(String) };
}

function conflictAt(stream: string, expected: Expected, revision: number): EventLogError {
  const actual = revision === -1 ? 'none' : revision;
  const message = `${stream} is at ${actual}, not at ${expected}`;
  return new EventLogError('wrong_expected_revision', message, { stream, expected, actual });
}

function unknownErasure(eventId: string): EventLogError {
  return new EventLogError('malformed_append', 'an erasure names disclosures of its own stream', {
    eventId,
  });
}

function sentEvent({ envelope, vault }: EventToKeep, seq: number) {
  const shown = vault?.disclosures.filter((each) => typeof each === 'string') ?? [];
  const opened = shown.map((each) => openedDisclosure(each, seq));
  return {
    envelope,
    disclosed: Object.fromEntries(opened.map(({ name, value }) => [name, value])),
  };
}
