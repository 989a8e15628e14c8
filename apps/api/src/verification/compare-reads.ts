import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { READS_FILE, READS_TABLE } from '../access/reads-file.ts';
import { schemaDifferences } from './schema-differences.ts';

/**
 * Whether the record of who looked is whole: rows are numbered without a gap from 1, no number is given
 * twice, and the guards that keep a row from being altered are there. What a row says stands in no chain, so
 * that one whose words were altered behind the guards is not found.
 */
export interface ComparedReads {
  readonly rows: number;
  /** One clause each. */
  readonly faults: readonly string[];
}

/** As many as of the rows: who has twenty of them looks at the file. */
const MOST_TOLD = 20;
const GAPS = `SELECT before, id FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM read)
  WHERE id <> max(before, 0) + 1 ORDER BY id LIMIT ${MOST_TOLD}`;
const LAST_GIVEN = `SELECT seq FROM sqlite_sequence WHERE name = 'read'`;

/** @returns undefined where nobody has looked yet */
export function compareReads(folder: string): ComparedReads | undefined {
  const path = join(folder, READS_FILE);
  if (!existsSync(path)) return undefined;
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
  const made = new DatabaseSync(':memory:');
  try {
    db.exec('PRAGMA trusted_schema = OFF; BEGIN');
    const numbersAreKept = hasTable(db, 'sqlite_sequence');
    // A file of before they were kept is none the worse for it.
    made.exec(numbersAreKept ? READS_TABLE : READS_TABLE.replace(' AUTOINCREMENT', ''));
    const { differences, tables } = schemaDifferences(db, made);
    const schema = differences.map(({ row, how }) => `${row} is ${how}`);
    if (tables.has('read')) return { rows: 0, faults: schema };
    const { rows, last } = ends(db);
    return {
      rows,
      faults: [...schema, ...gaps(db), ...(numbersAreKept ? cutAfter(db, last) : [])],
    };
  } finally {
    db.close();
    made.close();
  }
}

function hasTable(db: DatabaseSync, name: string): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;
}

function ends(db: DatabaseSync): { readonly rows: number; readonly last: number } {
  const found = db.prepare('SELECT count(*) AS n, max(id) AS last FROM read').get();
  return { rows: Number(found?.['n']), last: Number(found?.['last'] ?? 0) };
}

function gaps(db: DatabaseSync): readonly string[] {
  return db
    .prepare(GAPS)
    .all()
    .map(({ before, id }) =>
      Number(id) < 1
        ? `a row stands under the number ${Number(id)}`
        : goneBetween(Math.max(0, Number(before)), Number(id)),
    );
}

function cutAfter(db: DatabaseSync, last: number): readonly string[] {
  const given = Number(db.prepare(LAST_GIVEN).get()?.['seq'] ?? 0);
  if (given === last) return [];
  return given > last
    ? [goneBetween(last, given + 1)]
    : [`number ${last} is there, and the last that was given is ${given}`];
}

function goneBetween(before: number, after: number): string {
  const [first, last] = [before + 1, after - 1];
  return first === last ? `row ${first} is gone` : `rows ${first} to ${last} are gone`;
}
