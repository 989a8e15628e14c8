import type { DatabaseSync } from 'node:sqlite';
import { isOutOfRange } from '@ceasewatch/auditor/of-sqlite';
import { structureFault } from '../event-log/sqlite-structure.ts';
import { rowSum, type Value } from './row-sum.ts';

/**
 * What is found first of a damaged read model; undefined when nothing is. SQLite holds pages against pages
 * and indexes against rows; each row is held against its sum, and the position against the last event.
 *
 * @throws the error of SQLite where it cannot read at all
 */
export function rowsFault(db: DatabaseSync): string | undefined {
  return structureFault(db) ?? positionFault(db) ?? sumsFault(db);
}

/**
 * The same of the words by which texts are found, held against the texts: by a statement that SQLite takes
 * for writing, so that it needs the writer's connection.
 *
 * @throws the error of SQLite, which says that the file is damaged
 */
export function checkWords(db: DatabaseSync): void {
  for (const name of namesOf(db, 'virtual')) {
    db.prepare(`INSERT INTO ${name} (${name}, rank) VALUES ('integrity-check', 1)`).run();
  }
}

/** With a bit flipped here, events would be passed over. */
function positionFault(db: DatabaseSync): string | undefined {
  const row = db
    .prepare('SELECT seq, (SELECT coalesce(max(seq), -1) FROM event) AS last FROM position')
    .get();
  return row?.['seq'] === row?.['last'] ? undefined : 'the position is not that of the last event';
}

function sumsFault(db: DatabaseSync): string | undefined {
  for (const table of summedTables(db)) {
    const found = sumFault(db, table);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Other tables have each of their values in an index as well. */
function summedTables(db: DatabaseSync): readonly string[] {
  const columns = db.prepare(`SELECT 1 FROM pragma_table_info(?) WHERE name = 'sum'`);
  return namesOf(db, 'table').filter((name) => columns.get(name) !== undefined);
}

function sumFault(db: DatabaseSync, table: string): string | undefined {
  const rows = db.prepare(`SELECT * FROM ${table}`);
  rows.setReturnArrays(true);
  try {
    for (const row of rows.iterate()) {
      const values = valuesOf(row);
      const sum = values.pop();
      if (rowSum(values) !== sum) return `${table}: the row ${String(values[0])} is another`;
    }
  } catch (error) {
    // No projection writes such a number.
    if (isOutOfRange(error)) return `${table}: a number of a row is another`;
    throw error;
  }
  return undefined;
}

function namesOf(db: DatabaseSync, type: 'table' | 'virtual'): readonly string[] {
  return db
    .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ?`)
    .all(type)
    .map(({ name }) => String(name));
}

/** The statement returns arrays, and the tables are STRICT, so the types hold. */
function valuesOf(row: unknown): Value[] {
  return row as Value[];
}
