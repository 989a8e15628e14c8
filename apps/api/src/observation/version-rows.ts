import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import { DISPLAY_GROUPS } from '@ceasewatch/domain/observation/vocabulary';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { LATE, packedGroup, RETRACTED } from '@ceasewatch/domain/situation/packed-row';
import { type Changed, STILL } from '../read-model/projection.ts';
import { checkSum, storedJson } from '../read-model/row-sum.ts';
import { storedInstant } from '../read-model/stored-instant.ts';
import type { Kept } from './version-making.ts';
import { versionOf } from './version-of.ts';

/**
 * Version rows read back as what everybody downstream knows: an `ObservationRow`, its fields always in
 * the same order, so that a change that is pulled equals the change that was pushed byte for byte.
 */
export const ROW_COLUMNS = `v.from_seq, v.to_seq, v.number, v.version, v.revision, v.content_seq, v.recorded_at,
  v.version_recorded_at, v.packed, v.sector, v.contingent, v.officer, v.authn, v.reason, o.id, c.content, c.sum`;
export const ROW_TABLES = `observation_version v JOIN observation o ON o.number = v.number
  JOIN observation_content c ON c.seq = v.content_seq`;

export type VersionRecord = Readonly<Record<string, SQLOutputValue>>;

/** As of an event: a version that ended later was still in force then. */
export function rowOf(db: DatabaseSync, record: VersionRecord, asOf: number): ObservationRow {
  const content = contentOf(record);
  const packed = Number(record['packed']);
  const toSeq = Number(record['to_seq']);
  return versionOf(content, {
    id: String(record['id']),
    number: Number(record['number']),
    version: Number(record['version']),
    revision: Number(record['revision']),
    status: packed & RETRACTED ? 'retracted' : 'recorded',
    group: DISPLAY_GROUPS[packedGroup(packed)] ?? 'other',
    contingent: wordOf(db, record['contingent']),
    sector: wordOf(db, record['sector']),
    officer: wordOf(db, record['officer']),
    authn: wordOf(db, record['authn']) ?? 'system',
    recordedAt: storedInstant(Number(record['recorded_at'])),
    versionRecordedAt: storedInstant(Number(record['version_recorded_at'])),
    reason: wordOf(db, record['reason']),
    late: (packed & LATE) !== 0,
    fromSeq: Number(record['from_seq']),
    toSeq: toSeq > asOf ? null : toSeq,
  });
}

function contentOf(record: VersionRecord): ObservationContent {
  return checkedContent(record['content_seq'], record['content'], record['sum']);
}

/** What a version says, as it was written. @throws DamagedRow */
export function checkedContent(seq: unknown, content: unknown, sum: unknown): ObservationContent {
  const what = `the content of event ${Number(seq)}`;
  checkSum([Number(seq), String(content)], sum, what);
  return storedJson(content, what);
}

/** The present version of an observation, by the event that began it. */
export function presentRow(
  db: DatabaseSync,
  fromSeq: number,
): { readonly row: ObservationRow; readonly contentSeq: number } {
  const record = prepared(db, `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.from_seq = ?`).get(
    fromSeq,
  );
  if (record === undefined) throw noVersionAt(fromSeq);
  return { row: rowOf(db, record, STILL - 1), contentSeq: Number(record['content_seq']) };
}

/** What a correction keeps of the version that began at an event. */
export function keptByCorrection(db: DatabaseSync, fromSeq: number, id: string): Kept {
  const record = prepared(
    db,
    'SELECT number, contingent, recorded_at FROM observation_version WHERE from_seq = ?',
  ).get(fromSeq);
  if (record === undefined) throw noVersionAt(fromSeq);
  const contingent = wordOf(db, record['contingent']);
  const recordedAt = storedInstant(Number(record['recorded_at']));
  return { id, number: Number(record['number']), contingent, recordedAt };
}

function noVersionAt(fromSeq: number): RangeError {
  return new RangeError(`no version of an observation began at event ${fromSeq}`);
}

/** What the events in (after, upTo] ended and began. */
export function* changedRows(
  db: DatabaseSync,
  after: number,
  upTo: number,
): Iterable<readonly [number, Changed]> {
  const ended = new Map<number, ObservationRow>();
  const endings = prepared(
    db,
    `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.to_seq > ? AND v.to_seq <= ? AND v.to_seq < ${STILL}`,
  );
  for (const record of endings.all(after, upTo)) {
    ended.set(Number(record['to_seq']), rowOf(db, record, Number(record['to_seq'])));
  }
  const beginnings = prepared(
    db,
    `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.from_seq > ? AND v.from_seq <= ? ORDER BY v.from_seq`,
  );
  for (const record of beginnings.all(after, upTo)) {
    const seq = Number(record['from_seq']);
    // As of its own event it was in force, whatever came after.
    yield [seq, { before: ended.get(seq) ?? null, after: rowOf(db, record, seq) }];
  }
}

/** Ids, codes and reasons by small numbers, in order of appearance. */
export class WordRows {
  readonly #ids = new Map<string, number>();
  readonly #words = new Map<number, string>();
  readonly #insert;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT INTO observation_word (id, word) VALUES (?, ?)');
    for (const row of db.prepare('SELECT id, word FROM observation_word').all()) {
      this.#know(Number(row['id']), String(row['word']));
    }
    // What was known before may be of a transaction that was rolled back.
    words.set(db, this.#words);
  }

  idOf(word: string | null): number | null {
    if (word === null) return null;
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    this.#insert.run(id, word);
    this.#know(id, word);
    return id;
  }

  #know(id: number, word: string): void {
    this.#ids.set(word, id);
    this.#words.set(id, word);
  }
}

/** The numbers of words, for a condition; words that no row has are left out. */
export function wordIds(db: DatabaseSync, words: readonly string[]): readonly number[] {
  const find = prepared(db, 'SELECT id FROM observation_word WHERE word = ?');
  return words.flatMap((word) => find.all(word).map((row) => Number(row['id'])));
}

export function wordOf(db: DatabaseSync, id: SQLOutputValue | undefined): string | null {
  if (id === null || id === undefined) return null;
  const known = words.get(db)?.get(Number(id));
  if (known !== undefined) return known;
  const row = prepared(db, 'SELECT word FROM observation_word WHERE id = ?').get(id);
  return row === undefined ? null : String(row['word']);
}

/** What the connection that writes words knows of them, so that a page of rows need not ask for each. */
const words = new WeakMap<DatabaseSync, ReadonlyMap<number, string>>();

/** Statements live as long as their connection. */
const statements = new WeakMap<DatabaseSync, Map<string, ReturnType<DatabaseSync['prepare']>>>();

export function prepared(db: DatabaseSync, sql: string) {
  const known = statements.get(db) ?? new Map<string, ReturnType<DatabaseSync['prepare']>>();
  statements.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement;
}
