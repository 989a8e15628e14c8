import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { join } from 'node:path';
import { eventIdBytes } from '@ceasewatch/tlog/event-id';
import { chainStart } from '@ceasewatch/tlog/chain';
import { LOG_LIMITS, type LogHead, type LogPage, type StreamSlice } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { corrupt, type EventRow, storedEvent, verifyLeaf, verifySuccession } from './event-row.ts';
import { nativeSha256 } from './native-sha256.ts';
import { openForReading } from './sqlite-connection.ts';

/**
 * Reads a log: pages in commit order, single streams, the head. It needs no lock and no writer, so a
 * rebuild in a worker thread opens one of its own (`openLogReader`). Everything is synchronous; a page
 * of 256 events takes 3 to 5 ms.
 */
export const LOG_FILE = 'log.sqlite';

const COLUMNS = 'e.seq, e.leaf, e.leaf_hash, e.chain, v.disclosures';
const FROM = 'FROM events e LEFT JOIN vault v ON v.seq = e.seq';

export class SqliteLogReader {
  readonly #db: DatabaseSync;
  readonly #page: StatementSync;
  readonly #streamId: StatementSync;
  readonly #stream: StatementSync;
  readonly #byId: StatementSync;
  readonly #chainAt: StatementSync;
  readonly #last: StatementSync;
  readonly #revision: StatementSync;
  #identity: Pick<LogHead, 'logId' | 'exercise'> | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#page = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`);
    this.#streamId = db.prepare('SELECT id FROM streams WHERE name = ?');
    this.#stream = db.prepare(
      `SELECT ${COLUMNS} ${FROM} WHERE e.stream_id = ? AND e.revision >= ? ORDER BY e.revision`,
    );
    this.#byId = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE e.event_id = ?`);
    this.#chainAt = db.prepare('SELECT chain FROM events WHERE seq = ?');
    this.#last = db.prepare('SELECT max(seq) AS seq FROM events');
    this.#revision = db.prepare('SELECT max(revision) AS revision FROM events WHERE stream_id = ?');
    for (const statement of [this.#page, this.#stream, this.#byId]) statement.setReturnArrays(true);
  }

  /** Number of the last event, -1 when there is none. */
  lastSeq(): number {
    const seq = this.#last.get()?.['seq'];
    return typeof seq === 'number' ? seq : -1;
  }

  /** @throws EventLogError log_corrupt, position_unknown */
  page(after: number, limit: number): LogPage {
    const wanted = Math.min(limit, LOG_LIMITS.maxPage);
    const events = this.#verified(after, this.#page.all(after, wanted).map(rowOf)).map(storedEvent);
    return { events, reached: events.at(-1)?.seq ?? after, atHead: events.length < wanted };
  }

  /** @throws EventLogError log_corrupt */
  source(stream: string, from = 0): StreamSlice {
    const id = this.#streamId.get(stream)?.['id'];
    if (typeof id !== 'number') return { events: [], revision: 'none' };
    const events = this.#stream.all(id, from).map(rowOf).map(storedEvent);
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
   * Verifies numbers, leaf hashes and chain of the last `count` events.
   *
   * @throws EventLogError log_corrupt, with the number of the first damaged event
   */
  verifyTail(count: number): void {
    const last = this.lastSeq();
    let before = Math.max(-1, last - count);
    while (before < last) {
      const rows = this.#page.all(before, LOG_LIMITS.maxPage).map(rowOf);
      rows.forEach(verifyLeaf);
      this.#verified(before, rows);
      const reached = rows.at(-1);
      if (reached === undefined) throw corrupt(before + 1, 'it is missing');
      before = reached.seq;
    }
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
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

/** A reader of its own for a worker thread or a tool; nothing is locked, nothing can be written. */
export function openLogReader(folder: string): SqliteLogReader {
  return new SqliteLogReader(openForReading(join(folder, LOG_FILE)));
}

/** Rows come as arrays in the order of COLUMNS; the tables are STRICT, so the types hold. */
function rowOf(columns: unknown): EventRow {
  const [seq, leaf, leafHash, chain, vault] = columns as [
    number,
    string,
    Uint8Array,
    Uint8Array,
    string | null,
  ];
  return { seq, leaf, leafHash, chain, vault };
}
