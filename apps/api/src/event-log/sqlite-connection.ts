import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { EventLogError } from './event-log-error.ts';

/**
 * One connection to the log's file, with the settings that make an acknowledged event durable. They
 * are read back, because SQLite answers a pragma that it cannot honour with silence.
 */
export const MEMORY = ':memory:';

/** "CWLG" and the version of the tables, so that no other file is mistaken for a log. */
const APPLICATION_ID = 0x43574c47;
const SCHEMA_VERSION = 1;

/**
 * Schema C of the measurements: explicit dense numbers, integer stream ids, time-ordered event ids.
 * The head of a stream is the end of its index, never a row of its own that would be written twice.
 * The vault's rows have the number of their event; an erased disclosure leaves its name behind.
 */
const SCHEMA = `
CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  stream_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  event_id BLOB NOT NULL UNIQUE,
  leaf TEXT NOT NULL,
  leaf_hash BLOB NOT NULL,
  chain BLOB NOT NULL,
  UNIQUE (stream_id, revision)
) STRICT;
CREATE TABLE vault (seq INTEGER PRIMARY KEY, secret BLOB, disclosures TEXT NOT NULL) STRICT;
CREATE TRIGGER events_are_never_altered BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never altered'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
CREATE TRIGGER streams_are_never_altered BEFORE UPDATE ON streams
  BEGIN SELECT RAISE(ABORT, 'a stream is never altered'); END;
CREATE TRIGGER streams_are_never_removed BEFORE DELETE ON streams
  BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;
`;

/** The writer's connection; an adapter in a test passes one that fails on purpose. */
export class WriterConnection {
  readonly db: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;

  constructor(file: string) {
    // Another process may read (verify-log) but none writes: a lock is waited for briefly at most.
    this.db = new DatabaseSync(file, { timeout: 1_000 });
    configure(this.db, file);
    createTables(this.db, file);
    this.#begin = this.db.prepare('BEGIN IMMEDIATE');
    this.#commit = this.db.prepare('COMMIT');
    this.#rollback = this.db.prepare('ROLLBACK');
  }

  begin(): void {
    this.#begin.run();
  }

  commit(): void {
    this.#commit.run();
  }

  /** After a full disk SQLite has sometimes rolled back already. */
  rollback(): void {
    if (this.db.isTransaction) this.#rollback.run();
  }

  /**
   * Writes everything into the main file, syncs it and empties the WAL, so that nothing depends on the
   * WAL any more and nothing that was erased is left in it. False when a reader was in the way.
   */
  checkpoint(): boolean {
    return this.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }
}

export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 1_000 });
  db.exec('PRAGMA trusted_schema = OFF');
  return db;
}

/**
 * A damaged file, as far as it can be read: without these two SQLite refuses a file that was cut off as
 * a whole. What comes out of it is believed only as far as its hashes and its chain go.
 */
export function openDamaged(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 1_000, defensive: false });
  db.exec('PRAGMA trusted_schema = OFF; PRAGMA writable_schema = ON');
  return db;
}

function configure(db: DatabaseSync, file: string): void {
  const settings: readonly [pragma: string, value: string, readBack: string | number][] = [
    ['journal_mode', 'WAL', file === MEMORY ? 'memory' : 'wal'],
    ['synchronous', 'FULL', 2],
    ['secure_delete', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    // A commit that moved a page to another number walks over all pages that are held (pcache1Truncate):
    // 16 MB of them took a sixth of an append.
    ['cache_size', '-4000', -4_000],
    // 16 MB of WAL: a page that is written again and again is carried over once.
    ['wal_autocheckpoint', '4000', 4_000],
  ];
  for (const [pragma, value, readBack] of settings) {
    db.exec(`PRAGMA ${pragma} = ${value}`);
    const actual = pragmaOf(db, pragma);
    if (actual !== readBack) {
      throw new EventLogError(
        'store_unavailable',
        `${pragma} is ${actual}, not ${value}: not durable`,
      );
    }
  }
}

function createTables(db: DatabaseSync, file: string): void {
  const applicationId = pragmaOf(db, 'application_id');
  const version = pragmaOf(db, 'user_version');
  if (applicationId === APPLICATION_ID && version === SCHEMA_VERSION) return;
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get();
  if (applicationId !== 0 || version !== 0 || tables?.['n'] !== 0) {
    throw new EventLogError('foreign_log', `${file} is no event log of this version`);
  }
  db.exec(
    `BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`,
  );
}

function pragmaOf(db: DatabaseSync, pragma: string): string | number {
  const row = db.prepare(`PRAGMA ${pragma}`).get() ?? {};
  const value = Object.values(row)[0];
  return typeof value === 'number' || typeof value === 'string' ? value : 'unknown';
}
