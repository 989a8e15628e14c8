import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { join } from 'node:path';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { eventIdBytes } from '@ceasewatch/tlog/event-id';
import { chainStart } from '@ceasewatch/tlog/chain';
import { LOG_FILE, logFileIn } from './data-folder.ts';
import {
  LOG_LIMITS,
  type LogDamage,
  type LogHead,
  type LogPage,
  type StoredEvent,
  type StreamSlice,
} from './event-log.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import {
  corrupt,
  disclosingEvent,
  type EventRow,
  storedEvent,
  verifyLeaf,
  verifyLeafAsText,
  verifySuccession,
} from './event-row.ts';
import { nativeSha256 } from './native-sha256.ts';
import { openForReading } from './sqlite-connection.ts';
import { failureOf, messageOf, namedFailure } from './sqlite-failure.ts';

/**
 * Reads a log: pages in commit order, single streams, the head. It needs no lock and no writer, so a
 * rebuild in a worker thread opens one of its own (`openLogReader`). Everything is synchronous; a page
 * of 256 events takes 3 to 5 ms.
 */
const COLUMNS = `e.seq, e.leaf, ${bytesAsText('e.leaf_hash')}, v.disclosures, ${bytesAsText('e.chain')}`;
/** The chain goes through the log: of a stream it says nothing. */
const OF_STREAM = `e.seq, e.leaf, ${bytesAsText('e.leaf_hash')}, v.disclosures`;
const NO_CHAIN = new Uint8Array();
const FROM = 'FROM events e LEFT JOIN vault v ON v.seq = e.seq';

export class SqliteLogReader {
  readonly #db: DatabaseSync;
  readonly #page: StatementSync;
  readonly #streamId: StatementSync;
  readonly #stream: StatementSync;
  readonly #byId: StatementSync;
  readonly #chainAt: StatementSync;
  readonly #secret: StatementSync;
  readonly #secrets: StatementSync;
  readonly #last: StatementSync;
  readonly #revision: StatementSync;
  #identity: Pick<LogHead, 'logId' | 'exercise'> | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#page = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`);
    this.#streamId = db.prepare('SELECT id FROM streams WHERE name = ?');
    this.#stream = db.prepare(
      `SELECT ${OF_STREAM} ${FROM} WHERE e.stream_id = ? AND e.revision >= ? ORDER BY e.revision`,
    );
    this.#byId = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE e.event_id = ?`);
    this.#chainAt = db.prepare('SELECT chain FROM events WHERE seq = ?');
    this.#secret = db.prepare('SELECT secret FROM vault WHERE seq = ?');
    this.#secrets = db.prepare('SELECT seq, secret FROM vault WHERE seq > ? AND seq <= ?');
    this.#last = db.prepare('SELECT max(seq) AS seq FROM events');
    this.#revision = db.prepare('SELECT max(revision) AS revision FROM events WHERE stream_id = ?');
    const ofRows = [this.#page, this.#stream, this.#byId, this.#secrets];
    for (const statement of ofRows) statement.setReturnArrays(true);
  }

  /** Number of the last event, -1 when there is none. */
  lastSeq(): number {
    const seq = this.#last.get()?.['seq'];
    return typeof seq === 'number' ? seq : -1;
  }

  /** @throws EventLogError log_corrupt, position_unknown */
  page(after: number, limit: number): LogPage {
    const wanted = Math.min(limit, LOG_LIMITS.maxPage);
    try {
      const rows = this.#verified(after, this.#page.all(after, wanted).map(rowOf));
      const events = rows.map(storedEvent);
      return { events, reached: events.at(-1)?.seq ?? after, atHead: events.length < wanted };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return this.#soundPage(after, wanted, error);
    }
  }

  /**
   * The last event that everything before it vouches for, by verifying each from the first.
   *
   * @throws EventLogError log_corrupt when not even event 0 can be read
   */
  soundHead(): { readonly head: LogHead; readonly damage: LogDamage | undefined } {
    const identity = this.identity();
    let head: LogHead = { seq: -1, chain: new Uint8Array(), time: '', ...identity };
    for (;;) {
      try {
        const { events, atHead } = this.page(head.seq, LOG_LIMITS.maxPage);
        const last = events.at(-1);
        if (last !== undefined) {
          head = { seq: last.seq, chain: last.chain, time: last.envelope.time, ...identity };
        }
        if (atHead) return { head, damage: undefined };
      } catch (error) {
        if (!isEventLogError(error, 'log_corrupt') || head.seq === -1) throw error;
        return { head, damage: damageOf(error) };
      }
    }
  }

  /** Event by event: what stands before the damage can be read, the damage itself is named. */
  #soundPage(after: number, wanted: number, damage: unknown): LogPage {
    const events: StoredEvent[] = [];
    for (let position = after; events.length < wanted; position += 1) {
      const event = this.#oneAfter(position);
      if (event === undefined) break;
      if (event instanceof EventLogError) {
        if (events.length === 0) throw event;
        return { events, reached: position, atHead: false };
      }
      events.push(event);
    }
    // Read one by one everything is there: the damage is on the way to a whole page.
    if (events.length === 0) throw namedFailure(damage);
    return { events, reached: after + events.length, atHead: false };
  }

  #oneAfter(position: number): StoredEvent | EventLogError | undefined {
    try {
      const [row] = this.#verified(position, this.#page.all(position, 1).map(rowOf));
      return row === undefined ? undefined : storedEvent(row);
    } catch (error) {
      if (isEventLogError(error, 'log_corrupt')) return error;
      if (!isDamage(error)) throw error;
      return corrupt(position + 1, messageOf(error));
    }
  }

  /** @throws EventLogError log_corrupt */
  source(stream: string, from = 0): StreamSlice {
    const id = this.#streamId.get(stream)?.['id'];
    if (typeof id !== 'number') return { events: [], revision: 'none' };
    const events = this.#stream.all(id, from).map(eventOfStream);
    let own: string | undefined;
    events.forEach((event, at) => {
      const { subject, revision } = event.envelope;
      // An index that leads astray would otherwise leave out an event without a word.
      if (revision !== from + at || (subject !== own && streamOf(subject) !== stream)) {
        throw corrupt(event.seq, `it does not belong at ${stream}@${from + at}`);
      }
      own = subject;
    });
    const last = events.at(-1);
    if (last !== undefined) return { events, revision: last.envelope.revision };
    return { events, revision: Number(this.#revision.get(id)?.['revision']) };
  }

  /** The row of an event by its id, unverified. */
  rowById(id: string): EventRow | undefined {
    const row = this.#byId.get(eventIdBytes(id));
    return row === undefined ? undefined : rowOf(row);
  }

  /** The rows after `after`, unverified: for the writer, which has just verified them. */
  rowsAfter(after: number): readonly EventRow[] {
    return this.#page.all(after, LOG_LIMITS.maxPage).map(rowOf);
  }

  /**
   * The same rows, verified as those of a page are, but for what they disclose: that is verified by
   * whoever opens them.
   *
   * @throws EventLogError log_corrupt
   */
  verifiedRows(after: number, limit: number): readonly EventRow[] {
    const rows = this.#verified(after, this.#page.all(after, limit).map(rowOf));
    rows.forEach(verifyLeaf);
    if (rows.length === 0) throw corrupt(after + 1, 'it is missing');
    return rows;
  }

  /** What the vault's salts of some events were made from, where it is kept: of those after one, up to another. */
  secretsOf(after: number, last: number): ReadonlyMap<number, Uint8Array> {
    const secrets = new Map<number, Uint8Array>();
    for (const row of this.#secrets.iterate(after, last)) {
      const [seq, secret]: unknown[] = Array.isArray(row) ? row : [];
      if (typeof seq === 'number' && isBytes(secret)) secrets.set(seq, secret);
    }
    return secrets;
  }

  /** The same of one event. */
  secretOf(seq: number): Uint8Array | undefined {
    const secret = this.#secret.get(seq)?.['secret'];
    return ArrayBuffer.isView(secret) ? secret : undefined;
  }

  /** A stream of which a revision is missing: somebody else wrote into it. */
  streamWithGap(): string | undefined {
    const gap = this.#db
      .prepare(
        'SELECT name FROM streams JOIN events ON stream_id = id GROUP BY id HAVING max(revision) >= count(*) LIMIT 1',
      )
      .get()?.['name'];
    return typeof gap === 'string' ? gap : undefined;
  }

  chainAt(seq: number): Uint8Array | undefined {
    const chain = this.#chainAt.get(seq)?.['chain'];
    return ArrayBuffer.isView(chain) ? chain : undefined;
  }

  head(): LogHead {
    const seq = this.lastSeq();
    const last = this.page(seq - 1, 1).events[0];
    if (last === undefined) throw new EventLogError('foreign_log', 'the log has no first event');
    const { logId, exercise } = this.identity();
    return { seq, chain: last.chain, time: last.envelope.time, logId, exercise };
  }

  /** What event 0 says the log is. @throws EventLogError foreign_log */
  identity(): Pick<LogHead, 'logId' | 'exercise'> {
    if (this.#identity !== undefined) return this.#identity;
    const [row] = this.#page.all(-1, 1).map(rowOf);
    if (row === undefined || row.seq !== 0) throw corrupt(0, 'it is missing');
    const { type, data } = storedEvent(row).envelope;
    const { logId, exercise } = data;
    if (type !== 'log.opened.v1' || typeof logId !== 'string' || typeof exercise !== 'boolean') {
      throw new EventLogError('foreign_log', 'the first event does not open a log');
    }
    this.#identity = { logId, exercise };
    return this.#identity;
  }

  /**
   * Verifies numbers, leaf hashes, disclosures and chain of the last `count` events.
   *
   * @throws EventLogError log_corrupt, with the number of the first damaged event
   */
  verifyTail(count: number): void {
    const last = this.lastSeq();
    let before = Math.max(-1, last - count);
    while (before < last) before = this.verify(before, LOG_LIMITS.maxPage);
    if (this.#lastOfVault() > last)
      throw corrupt(last + 1, 'the vault has disclosures of it alone');
  }

  /**
   * The same of up to `limit` events after `after`, of which there is one at least.
   *
   * @returns number of the last event that was verified
   * @throws EventLogError log_corrupt
   */
  verify(after: number, limit: number): number {
    const rows = this.#page.all(after, limit).map(rowOf);
    rows.forEach((row) => (row.vault === null ? verifyLeaf(row) : storedEvent(row)));
    this.#verified(after, rows);
    const reached = rows.at(-1);
    if (reached === undefined) throw corrupt(after + 1, 'it is missing');
    return reached.seq;
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** Number of the last event that the vault has a row of; one that has gone astray may be beyond the last. */
  #lastOfVault(): number {
    return Number(this.#db.prepare('SELECT max(seq) AS seq FROM vault').get()?.['seq'] ?? -1);
  }

  #verified(after: number, rows: readonly EventRow[]): readonly EventRow[] {
    if (rows.length === 0) return rows;
    let before = { seq: after, chain: this.#chain(after) };
    for (const row of rows) {
      verifySuccession(before, row);
      before = row;
    }
    return rows;
  }

  #chain(seq: number): Uint8Array {
    if (seq === -1) return chainStart(this.identity().logId, nativeSha256);
    const chain = this.chainAt(seq);
    if (chain === undefined) throw corrupt(seq, 'it is missing');
    return chain;
  }
}

/** What an error of this log says of its damage. */
export function damageOf({ facts, message }: EventLogError): LogDamage {
  return { ...(facts.seq === undefined ? {} : { seq: facts.seq }), why: message };
}

function isDamage(error: unknown): boolean {
  return isEventLogError(error, 'log_corrupt') || failureOf(error) === 'corrupt';
}

/** A reader of its own for a worker thread or a tool; nothing is locked, nothing can be written. */
export function openLogReader(folder: string): SqliteLogReader {
  return new SqliteLogReader(openForReading(logFileIn(folder) ?? join(folder, LOG_FILE)));
}

/** Rows come as arrays in the order of COLUMNS; a flipped bit may have changed even their types. */
function rowOf(columns: unknown): EventRow {
  const [seq, leaf, leafHash, vault, chain]: unknown[] = Array.isArray(columns) ? columns : [];
  if (
    typeof seq === 'number' &&
    typeof leaf === 'string' &&
    typeof leafHash === 'string' &&
    typeof chain === 'string' &&
    (typeof vault === 'string' || vault === null)
  ) {
    return { seq, leaf, leafHash: bytesOf(leafHash), chain: bytesOf(chain), vault };
  }
  throw corrupt(Number(seq), 'its row is not of the form that was written');
}

/**
 * The same in the order of OF_STREAM, verified: a command waits for its stream, and the hash is compared as
 * the text that it comes as.
 */
function eventOfStream(columns: unknown): StoredEvent {
  const [seq, leaf, leafHash, vault]: unknown[] = Array.isArray(columns) ? columns : [];
  if (
    typeof seq === 'number' &&
    typeof leaf === 'string' &&
    typeof leafHash === 'string' &&
    (typeof vault === 'string' || vault === null)
  ) {
    verifyLeafAsText(seq, leaf, leafHash);
    return disclosingEvent({ seq, leaf, leafHash: bytesOf(leafHash), chain: NO_CHAIN, vault });
  }
  throw corrupt(Number(seq), 'its row is not of the form that was written');
}

/**
 * A BLOB in hexadecimal, NULL where it is none: for a few bytes Node takes ten times as long to make an
 * array of their own as SQLite to write them and Node to read them again.
 */
function bytesAsText(column: string): string {
  return `iif(typeof(${column}) = 'blob', hex(${column}), NULL)`;
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

/** Of another realm under jest, so `instanceof` would miss them. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}
