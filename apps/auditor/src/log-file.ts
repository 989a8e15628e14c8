import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The file of an embedded log as a stranger reads it: row by row, without the server's code, without
 * writing. Pages keep the reading transaction short, so a node may go on writing meanwhile.
 */
export interface LogRow {
  readonly seq: number;
  /** Name of the stream that the row is filed under. */
  readonly stream: string | null;
  readonly revision: number;
  readonly eventId: Uint8Array;
  /** The bytes as they are stored, whether or not they are text. */
  readonly leaf: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly chain: Uint8Array;
  readonly secret: Uint8Array | null;
  /** JSON: per digest a disclosure, `{"erased": name}`, or in a copy `null` (withheld). */
  readonly disclosures: string | null;
}

/** The file is not there or is no log: nothing can be said about it. */
export class CannotRead extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotRead';
  }
}

const PAGE = 1_000;
const HEADER_BYTES = 100;
const SELECT = `
  SELECT e.seq, s.name, e.revision, e.event_id, CAST(e.leaf AS BLOB), e.leaf_hash, e.chain, v.secret, v.disclosures
  FROM events e LEFT JOIN streams s ON s.id = e.stream_id LEFT JOIN vault v ON v.seq = e.seq`;

const COPY = 'log-copy.sqlite';
/** A node of a cluster has a copy of the log, in the same tables. */
export const LOG_FILES = ['log.sqlite', COPY];

export class LogFile {
  /**
   * Several nodes wrote it: each has a clock of its own, and what none of them wrote is passed over.
   */
  readonly isCopy: boolean;
  readonly #db: DatabaseSync;
  readonly #file: string;

  /** @throws CannotRead */
  constructor(folder: string) {
    const file = LOG_FILES.map((name) => join(folder, name)).find((each) => existsSync(each));
    if (file === undefined) throw new CannotRead(`there is no log in ${folder}`);
    this.isCopy = file.endsWith(COPY);
    this.#file = file;
    try {
      this.#db = new DatabaseSync(file, { readOnly: true, timeout: 2_000, defensive: false });
      // Otherwise SQLite refuses a file that was cut off as a whole, and nobody could say from where.
      this.#db.exec('PRAGMA trusted_schema = OFF; PRAGMA writable_schema = ON');
      this.#db.prepare(`${SELECT} LIMIT 0`).all();
    } catch (cause) {
      throw new CannotRead(`${file} cannot be read as a log: ${messageOf(cause)}`, { cause });
    }
  }

  /** Number of the last row, -1 when there is none or it cannot be reached: for progress only. */
  lastSeq(): number {
    try {
      const last = this.#db.prepare('SELECT max(seq) AS seq FROM events').get()?.['seq'];
      return typeof last === 'number' ? last : -1;
    } catch (error) {
      // The walk from the first event names the damage that is in the way here.
      if (typeof error === 'object' && error !== null && 'errcode' in error) return -1;
      throw error;
    }
  }

  *rows(): Generator<LogRow, void, void> {
    const page = this.#db.prepare(`${SELECT} WHERE e.seq > ? ORDER BY e.seq LIMIT ${PAGE}`);
    page.setReturnArrays(true);
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const rows = page.all(after).map(rowOf);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last.seq;
    }
  }

  rowById(eventId: Uint8Array): LogRow | undefined {
    const byId = this.#db.prepare(`${SELECT} WHERE e.event_id = ?`);
    byId.setReturnArrays(true);
    const row = byId.get(eventId);
    return row === undefined ? undefined : rowOf(row);
  }

  /** Number of a row of the vault that belongs to no event. */
  strayDisclosures(): number | undefined {
    const stray = this.#db
      .prepare(
        'SELECT seq FROM vault WHERE seq NOT IN (SELECT seq FROM events) ORDER BY seq LIMIT 1',
      )
      .get()?.['seq'];
    return typeof stray === 'number' ? stray : undefined;
  }

  /**
   * What SQLite itself finds wrong with header, tables and indexes; `undefined` when nothing. Asked as any
   * program opens the file, without what was overlooked above to read as far as possible.
   */
  damage(): string | undefined {
    if (!isWritable(this.#file)) return 'its header says that it may not be written';
    const strict = new DatabaseSync(this.#file, { readOnly: true, timeout: 2_000 });
    try {
      const found = strict.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
      return found === 'ok' ? undefined : String(found);
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'errcode' in error)
        return messageOf(error);
      throw error;
    } finally {
      strict.close();
    }
  }

  close(): void {
    this.#db.close();
  }
}

/** SQLite reads a file of which a flipped bit says that it is of a version too new to write. */
function isWritable(file: string): boolean {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header);
  } finally {
    closeSync(descriptor);
  }
  const [write = 0, read = 0] = header.subarray(18, 20);
  return write === read && (read === 1 || read === 2);
}

export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error)
    return String(error.message);
  return String(error);
}

/** Rows come as arrays in the order of SELECT; the tables are STRICT, so the types hold. */
function rowOf(columns: unknown): LogRow {
  const [seq, stream, revision, eventId, leaf, leafHash, chain, secret, disclosures] = columns as [
    number,
    string | null,
    number,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array | null,
    string | null,
  ];
  return { seq, stream, revision, eventId, leaf, leafHash, chain, secret, disclosures };
}
