import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { ReadKind, RecordedRead } from '../contract/reads.ts';

/**
 * Who looked at what, in a file of its own beside the log: `reads.sqlite`. Rows are added and never
 * altered or removed; their numbers have no gap, and none is given twice, so a row that is gone is
 * missed. A commit is in the hands of the operating system when it returns and survives the end of the
 * process; it is synced to disk when the file is closed, which costs no request anything.
 */
export const READS_FILE = 'reads.sqlite';

export type ReadToKeep = Omit<RecordedRead, 'id'>;

export interface ReadFilter {
  readonly before?: number;
  readonly kind?: ReadKind;
  readonly officer?: string;
  /** When it was looked at: from this instant up to, not including, the other. */
  readonly from?: string;
  readonly to?: string;
}

export const READS_TABLE = `
CREATE TABLE IF NOT EXISTS read (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  until TEXT NOT NULL,
  officer TEXT,
  contingent TEXT,
  role TEXT NOT NULL,
  authn TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  as_of TEXT,
  as_of_last TEXT,
  occurred_until TEXT,
  times INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS read_by_kind ON read (kind, id);
CREATE INDEX IF NOT EXISTS read_by_officer ON read (officer, id);
CREATE TRIGGER IF NOT EXISTS reads_are_never_altered BEFORE UPDATE ON read
  BEGIN SELECT RAISE(ABORT, 'a read is never altered'); END;
CREATE TRIGGER IF NOT EXISTS reads_are_never_removed BEFORE DELETE ON read
  BEGIN SELECT RAISE(ABORT, 'a read is never removed'); END;
`;

const COLUMNS = `at, until, officer, contingent, role, authn, kind, what, as_of AS asOf,
  as_of_last AS asOfLast, occurred_until AS occurredUntil, times`;

export class ReadsFile {
  readonly #db: DatabaseSync;
  readonly #insert;

  /** @throws what SQLite throws where the file cannot be opened or written */
  constructor(path: string) {
    this.#db = new DatabaseSync(path, { timeout: 100 });
    try {
      this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${READS_TABLE}`);
      this.#insert = this.#db.prepare(
        'INSERT INTO read VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** All or none. */
  add(reads: readonly ReadToKeep[]): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const read of reads) this.#insert.run(...valuesOf(read));
      this.#db.exec('COMMIT');
    } catch (error) {
      // After a full disk SQLite has sometimes rolled back already.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Newest first. */
  page({ before, kind, officer, from, to }: ReadFilter, limit: number): readonly RecordedRead[] {
    const conditions: readonly [sql: string, value: SQLInputValue | undefined][] = [
      ['id < ?', before],
      ['kind = ?', kind],
      ['officer = ?', officer],
      ['until >= ?', from],
      ['at < ?', to],
    ];
    const asked = conditions.flatMap(([sql, value]) =>
      value === undefined ? [] : [{ sql, value }],
    );
    const where = asked.length === 0 ? '' : `WHERE ${asked.map(({ sql }) => sql).join(' AND ')}`;
    const rows = this.#db
      .prepare(`SELECT id, ${COLUMNS} FROM read ${where} ORDER BY id DESC LIMIT ?`)
      .all(...asked.map(({ value }) => value), limit);
    return rows.map(readOf);
  }

  close(): void {
    this.#db.close();
  }
}

/** The columns are those of a read, and the table is STRICT, so the types hold. */
function readOf(row: object): RecordedRead {
  return { ...row } as RecordedRead;
}

function valuesOf(read: ReadToKeep): SQLInputValue[] {
  const { at, until, officer, contingent, role, authn, kind, what } = read;
  const { asOf, asOfLast, occurredUntil, times } = read;
  return [
    at,
    until,
    officer,
    contingent,
    role,
    authn,
    kind,
    what,
    asOf,
    asOfLast,
    occurredUntil,
    times,
  ];
}
