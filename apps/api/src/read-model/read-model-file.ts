import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EVENT_TABLES } from './event-table.ts';
import { isCheckedAtOpen, structureFault } from '../event-log/sqlite-structure.ts';
import type { Projection } from './projection.ts';

/**
 * The file of the read model. Its name holds a hash of all tables and reducer versions, so a node whose
 * program writes other rows never meets rows of the old one: it builds its own file and removes others.
 */
const NAME = /^read-model-[0-9a-f]{12}(\.building)?\.sqlite(-wal|-shm)?$/;
/** Raise it when the projector itself writes something else. */
const CORE_VERSION = 1;

export function fileOf(folder: string, projections: readonly Projection[]): string {
  return join(folder, `read-model-${schemaHash(projections)}.sqlite`);
}

/** Where a rebuild writes until it is whole. */
export function buildingFileOf(file: string): string {
  return file.replace(/\.sqlite$/, '.building.sqlite');
}

export function schemaHash(projections: readonly Projection[]): string {
  const parts = projections.map(({ name, version, tables, indexes }) => [
    name,
    version,
    tables,
    indexes,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([CORE_VERSION, EVENT_TABLES, parts]))
    .digest('hex')
    .slice(0, 12);
}

/**
 * Opens or makes a database. It can be built again at any time, so a commit is not waited for. The WAL
 * is carried into the file by another thread (`checkpoints.ts`); no lock is waited for on this one.
 */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 2_000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 0;`);
  return db;
}

/**
 * Opens a file that nobody reads before it is whole and that is begun anew after a crash: nothing is
 * written twice, nothing is waited for.
 *
 * The keys of an index are sorted by as much at a time as the page cache may hold, and what was sorted
 * goes into a file that has no name and lies beside this one. All in memory, a million keys take more than
 * twice as long: each comparison is then a miss of the processor's own cache. No text is among the keys.
 */
export function openForBuilding(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4000;
    PRAGMA temp_store = FILE; PRAGMA temp_store_directory = '${dirname(file).replaceAll("'", "''")}';`);
  return db;
}

export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  db.exec('PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;');
  return db;
}

export function createTables(
  db: DatabaseSync,
  projections: readonly Projection[],
  log: string,
): void {
  db.exec(EVENT_TABLES);
  for (const { tables } of projections) db.exec(tables);
  db.prepare('INSERT INTO position (log, seq) VALUES (?, -1)').run(log);
}

export function createIndexes(db: DatabaseSync, projections: readonly Projection[]): void {
  for (const { indexes } of projections) db.exec(indexes);
}

/** A file in use, and the last event that was applied to it. */
export interface OpenedFile {
  readonly db: DatabaseSync;
  readonly position: number;
}

/**
 * The file as it is; undefined, and removed, where it is missing, damaged, of another log, beyond `last`,
 * or short of `least`.
 */
export function openExisting(
  file: string,
  log: string,
  last: number,
  least = -1,
): OpenedFile | undefined {
  if (!existsSync(file)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = openDatabase(file);
    const position = positionIn(db, log);
    // The sums of the rows say nothing of an index, which would leave rows out without a word.
    const isWhole = !isCheckedAtOpen(file) || structureFault(db) === undefined;
    const isWanted = position !== undefined && position >= least && position <= last;
    if (isWhole && isWanted) return { db, position };
  } catch (error) {
    if (!isUnusable(error)) {
      db?.close();
      throw error;
    }
  }
  db?.close();
  removeFile(file);
  return undefined;
}

/** A file with nothing in it but its tables: all of them, or none where the disk is in the way. */
export function createEmpty(
  file: string,
  projections: readonly Projection[],
  log: string,
): OpenedFile {
  const db = openDatabase(file);
  try {
    db.exec('BEGIN IMMEDIATE');
    createTables(db, projections, log);
    createIndexes(db, projections);
    db.exec('COMMIT');
    return { db, position: -1 };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The last event applied, or undefined where the file was built from another log. */
export function positionIn(db: DatabaseSync, log: string): number | undefined {
  const row = db.prepare('SELECT log, seq FROM position').get();
  return row?.['log'] === log ? Number(row['seq']) : undefined;
}

/**
 * What the read model of a folder was built from and how far, before the log is opened: one that has
 * less than this has lost it. Undefined where there is none that can be read.
 */
export function seenByReadModel(
  folder: string,
  projections: readonly Projection[],
): { readonly log: string; readonly seq: number } | undefined {
  const file = fileOf(folder, projections);
  if (!existsSync(file)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = openForReading(file);
    const row = db.prepare('SELECT log, seq FROM position').get();
    const [log, seq] = [row?.['log'], row?.['seq']];
    return typeof log === 'string' && typeof seq === 'number' && seq >= 0
      ? { log, seq }
      : undefined;
  } catch (error) {
    // What cannot be read says nothing; whoever needs it meets it again.
    if (resultCode(error) === 0) throw error;
    return undefined;
  } finally {
    db?.close();
  }
}

const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

const PASSING = [SQLITE_BUSY, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN];

/** Whether an error says that the file is damaged, so that it has to be built again. */
export function isDamage(error: unknown): boolean {
  return [SQLITE_CORRUPT, SQLITE_NOTADB].includes(resultCode(error));
}

/** A row that cannot be what a projection wrote, found while it was read. */
export class DamagedRow extends Error {
  readonly errcode = SQLITE_CORRUPT;

  constructor(what: string, options?: ErrorOptions) {
    super(`the read model is damaged: ${what}`, options);
    this.name = 'DamagedRow';
  }
}

/** Whether an error passes when the disk has room or answers again; nothing was written meanwhile. */
export function isPassing(error: unknown): boolean {
  return PASSING.includes(resultCode(error));
}

/** Whether somebody else holds the file, as a checkpoint does for a moment. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === SQLITE_BUSY;
}

/** Damage of a file that was only just opened: it may also lack its tables. */
export function isUnusable(error: unknown): boolean {
  return isDamage(error) || resultCode(error) === SQLITE_ERROR;
}

function resultCode(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return 0;
  return Number(error.errcode) & 0xff;
}

export function removeFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/** Removes read models of other programs and half-built ones. */
export function removeOthers(folder: string, keep: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (NAME.test(name) && !join(folder, name).startsWith(keep))
      rmSync(join(folder, name), { force: true });
  }
}
