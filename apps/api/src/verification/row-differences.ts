import type { DatabaseSync } from 'node:sqlite';
import type { RowDifference } from '../contract/verification.ts';

/**
 * Two databases with the same tables, row by row in the order of their keys. What a full-text index keeps for
 * itself depends on how it was filled, so of it the words are compared.
 */
export interface Compared {
  readonly rows: number;
  readonly differences: number;
  readonly first: readonly RowDifference[];
}

/** All are counted; who has twenty of them looks at the disk and not at the twenty-first. */
const MOST_TOLD = 20;

interface Table {
  readonly name: string;
  readonly sql: string;
  /** Where the key's columns stand in a row, and what they are called. */
  readonly key: readonly { readonly at: number; readonly name: string }[];
}

type Row = readonly unknown[];

export function rowDifferences(live: DatabaseSync, built: DatabaseSync): Compared {
  let rows = 0;
  let differences = 0;
  const first: RowDifference[] = [];
  for (const table of tablesOf(built)) {
    for (const difference of inStep(table, rowsOf(live, table), rowsOf(built, table))) {
      rows += 1;
      if (difference === undefined) continue;
      differences += 1;
      if (first.length < MOST_TOLD) first.push(difference);
    }
  }
  return { rows, differences, first };
}

/** Ordinary tables by their keys, and the words of full-text indexes. */
function tablesOf(db: DatabaseSync): readonly Table[] {
  const names = (type: string) =>
    db
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ? ORDER BY name`,
      )
      .all(type)
      .map(({ name }) => String(name))
      .filter((name) => !name.startsWith('sqlite_'));
  return [...names('table').map((name) => tableOf(db, name)), ...names('virtual').map(wordsOf)];
}

function tableOf(db: DatabaseSync, name: string): Table {
  const columns = db.prepare('SELECT name, pk FROM pragma_table_info(?)').all(name);
  const key = columns
    .map((column, at) => ({ at, name: String(column['name']), place: Number(column['pk']) }))
    .filter(({ place }) => place > 0)
    .sort((one, other) => one.place - other.place);
  const order = key.length === 0 ? 'rowid' : key.map((each) => each.name).join();
  return { name, key, sql: `SELECT * FROM ${name} ORDER BY ${order}` };
}

function wordsOf(name: string): Table {
  const sql = `SELECT term, doc, cnt FROM temp.${name}_words ORDER BY term`;
  return { name, key: [{ at: 0, name: 'term' }], sql };
}

function rowsOf(db: DatabaseSync, { name, sql }: Table): Iterator<Row> {
  if (sql.includes('temp.')) {
    db.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${name}_words USING fts5vocab(main, ${name}, row)`,
    );
  }
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return asRows(statement.iterate());
}

/** With `setReturnArrays` a row is an array of values, which the types do not know. */
function* asRows(rows: Iterable<unknown>): Generator<Row, void, void> {
  for (const row of rows) yield Array.isArray(row) ? row : [];
}

/** One step a row of either: what differs, or undefined where both have the same. */
function* inStep(
  table: Table,
  live: Iterator<Row>,
  built: Iterator<Row>,
): Generator<RowDifference | undefined, void, void> {
  let here = live.next();
  let there = built.next();
  while (here.done !== true || there.done !== true) {
    const order =
      here.done === true ? 1 : there.done === true ? -1 : inOrder(table, here.value, there.value);
    if (order < 0) {
      yield differs(table, here.value ?? [], 'surplus');
      here = live.next();
    } else if (order > 0) {
      yield differs(table, there.value ?? [], 'missing');
      there = built.next();
    } else {
      yield isSame(here.value ?? [], there.value ?? [])
        ? undefined
        : differs(table, here.value ?? [], 'altered');
      here = live.next();
      there = built.next();
    }
  }
}

function inOrder({ key }: Table, one: Row, other: Row): number {
  for (const { at } of key) {
    const order = valuesInOrder(one[at], other[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** As SQLite orders them: numbers before texts, texts by their bytes. */
function valuesInOrder(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'number') return -1;
  if (typeof other === 'number') return 1;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

function isSame(one: Row, other: Row): boolean {
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return one.length === other.length;
}

function differs({ name, key }: Table, row: Row, how: RowDifference['how']): RowDifference {
  return {
    table: name,
    row: key.map((each) => `${each.name} ${String(row[each.at])}`).join(', '),
    how,
  };
}
