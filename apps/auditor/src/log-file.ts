import { isUtf8 } from 'node:buffer';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CannotRead,
  keepsFromReading,
  type LogLink,
  type LogOrigin,
  type LogRow,
  messageOf,
} from './log-row.ts';
import { structureFaults } from './log-structure.ts';

const PAGE = 1_000;
const HEADER_BYTES = 100;
const hexOf = (column: string) => `iif(${column} IS NULL, NULL, hex(${column}))`;
const LINK = `e.seq, e.leaf, ${hexOf('e.leaf_hash')}, ${hexOf('e.chain')}`;
const SELECT_LINK = `SELECT ${LINK} FROM events e`;
/** Numbers beyond it cannot be read, and are none of ours. */
const MOST = Number.MAX_SAFE_INTEGER;
const OURS = (column: string) => `${column} BETWEEN -${MOST} AND ${MOST}`;
const NO_REVISION = -1;
const SELECT = `
  SELECT ${LINK}, s.name, iif(${OURS('e.revision')}, e.revision, ${NO_REVISION}), ${hexOf('e.event_id')}, ${hexOf('v.secret')}, v.disclosures
  FROM events e LEFT JOIN streams s ON s.id = e.stream_id LEFT JOIN vault v ON v.seq = e.seq`;

const COPY = 'log-copy.sqlite';
/** A node of a cluster has a copy of the log, in the same tables. */
export const LOG_FILES = ['log.sqlite', COPY];

/**
 * The file of an embedded log as a stranger reads it: row by row, without the server's code, without
 * writing. Pages keep the reading transaction short, so a node may go on writing meanwhile.
 */
export class LogFile implements LogOrigin {
  readonly severalNodes: boolean;
  readonly mayWithhold: boolean;
  readonly #db: DatabaseSync;
  readonly #file: string;

  /**
   * @param path a data folder, or the file of a log: a backup
   * @throws CannotRead
   */
  constructor(path: string) {
    const file = isFile(path)
      ? path
      : LOG_FILES.map((name) => join(path, name)).find((each) => existsSync(each));
    if (file === undefined) throw new CannotRead(`there is no log in ${path}`);
    this.severalNodes = file.endsWith(COPY);
    this.mayWithhold = this.severalNodes;
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
      if (keepsFromReading(error)) return -1;
      throw error;
    }
  }

  rows(): Generator<LogRow, void, void> {
    return this.#pages(SELECT, (columns) => this.#rowOf(columns));
  }

  /** The same without what only other checks ask for. */
  links(): Generator<LogLink, void, void> {
    return this.#pages(SELECT_LINK, (columns) => this.#linkOf(columns));
  }

  *#pages<Row extends LogLink>(
    select: string,
    rowOf: (columns: unknown) => Row,
  ): Generator<Row, void, void> {
    const page = this.#db.prepare(
      `${select} WHERE e.seq > ? AND e.seq <= ${MOST} ORDER BY e.seq LIMIT ${PAGE}`,
    );
    page.setReturnArrays(true);
    for (let after = -MOST - 1; ;) {
      const rows = page.all(after).map(rowOf);
      yield* rows;
      const reached = rows.at(-1);
      if (reached === undefined || rows.length < PAGE) return;
      after = reached.seq;
    }
  }

  rowById(eventId: Uint8Array): LogRow | undefined {
    const byId = this.#db.prepare(`${SELECT} WHERE e.event_id = ?`);
    byId.setReturnArrays(true);
    const row = byId.get(eventId);
    return row === undefined ? undefined : this.#rowOf(row);
  }

  /** How many rows stand under numbers that cannot be read. */
  beyondNumbers(): number {
    const rows = this.#db.prepare(
      `SELECT count(*) AS n FROM events WHERE seq < -${MOST} OR seq > ${MOST}`,
    );
    return Number(rows.get()?.['n']);
  }

  /** Number of a row of the vault that belongs to no event. */
  strayDisclosures(): number | undefined {
    const stray = this.#db
      .prepare(
        'SELECT seq FROM vault v WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.seq = v.seq) ORDER BY seq LIMIT 1',
      )
      .get()?.['seq'];
    return typeof stray === 'number' ? stray : undefined;
  }

  /** What is other than the file of a log is made, one clause each. */
  structureFaults(): readonly string[] {
    return structureFaults(this.#db, this.severalNodes);
  }

  /** The first stream whose events are gone all, or were never there. */
  strayStreams(): readonly string[] {
    return this.#db
      .prepare(
        'SELECT name FROM streams s WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.stream_id = s.id) LIMIT 1',
      )
      .all()
      .map(({ name }) => `the stream ${String(name)} is there, and no event is filed under it`);
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
      if (keepsFromReading(error)) return messageOf(error);
      throw error;
    } finally {
      strict.close();
    }
  }

  close(): void {
    this.#db.close();
  }

  /** Rows come as arrays in the order of SELECT. @throws DamagedRow */
  #rowOf(columns: unknown): LogRow {
    const [, , , , stream, revision, eventId, secret, disclosures]: unknown[] = Array.isArray(
      columns,
    )
      ? columns
      : [];
    if (typeof eventId !== 'string') throw new DamagedRow();
    const { seq, leaf, leafHash, chain } = this.#linkOf(columns);
    return {
      seq,
      leaf,
      leafHash,
      chain,
      stream: typeof stream === 'string' ? stream : null,
      revision: Number(revision),
      eventId,
      secret: typeof secret === 'string' ? secret : null,
      disclosures: typeof disclosures === 'string' ? disclosures : null,
    };
  }

  #linkOf(columns: unknown): LogLink {
    const [number, leaf, leafHash, chain]: unknown[] = Array.isArray(columns) ? columns : [];
    if (typeof leafHash !== 'string' || typeof chain !== 'string') throw new DamagedRow();
    const seq = Number(number);
    return { seq, leaf: this.#leafOf(seq, leaf), leafHash, chain };
  }

  /** In a text that was read something may stand for bytes that were none: then the bytes are asked for. */
  #leafOf(seq: number, leaf: unknown): LogLink['leaf'] {
    if (typeof leaf === 'string' && !leaf.includes('\uFFFD')) return leaf;
    const bytes = typeof leaf === 'string' ? this.#leafBytes(seq) : leaf;
    if (!isBytes(bytes)) throw new DamagedRow();
    return isUtf8(bytes) ? Buffer.from(bytes).toString() : bytes;
  }

  #leafBytes(seq: number): unknown {
    const statement = this.#db.prepare(
      'SELECT CAST(leaf AS BLOB) AS leaf FROM events WHERE seq = ?',
    );
    return statement.get(seq)?.['leaf'];
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

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

const SQLITE_CORRUPT = 11;

/** A page of a file that was cut off may give a row with nothing in it. */
class DamagedRow extends Error {
  readonly errcode = SQLITE_CORRUPT;

  constructor() {
    super('a row is not of the form that was written');
    this.name = 'DamagedRow';
  }
}

/** Of another realm under jest, so `instanceof` would miss them. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}
