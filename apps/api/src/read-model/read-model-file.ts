import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EVENT_TABLES } from './event-table.ts';
import { isCheckedAtOpen } from '../event-log/sqlite-structure.ts';
import { isUnusable, resultCode } from './damage.ts';
import { checkWords, rowsFault } from './rows-fault.ts';
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
  /** Whether each of its rows is as it was written; else they are still to be looked at. */
  readonly isChecked: boolean;
}

/**
 * The file as it is; undefined, and removed, where it is missing, damaged, of another log, beyond `last`,
 * or short of `least`.
 */
export function openExisting(
  file: string,
  projections: readonly Projection[],
  log: string,
  { last, least = -1 }: { readonly last: number; readonly least?: number | undefined },
): OpenedFile | undefined {
  if (!existsSync(file)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = openDatabase(file);
    const position = isMadeAs(db, projections) ? positionIn(db, log) : undefined;
    const isWanted = position !== undefined && position >= least && position <= last;
    const isChecked = isWanted && isCheckedAtOpen(file);
    if (isChecked) checkWords(db);
    const isWhole = !isChecked || rowsFault(db) === undefined;
    if (isWhole && isWanted) return { db, position, isChecked };
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

/** Whether its tables and indexes are those of this program, to the letter. */
function isMadeAs(db: DatabaseSync, projections: readonly Projection[]): boolean {
  const made = new DatabaseSync(':memory:');
  try {
    createTables(made, projections, '');
    createIndexes(made, projections);
    return schemaOf(db) === schemaOf(made);
  } finally {
    made.close();
  }
}

function schemaOf(db: DatabaseSync): string {
  const statements = db.prepare(
    'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name',
  );
  return JSON.stringify(statements.all());
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
    return { db, position: -1, isChecked: true };
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
