import type { DatabaseSync } from 'node:sqlite';
import { isOutOfRange } from '@ceasewatch/auditor/of-sqlite';
import type { RowDifference } from '../contract/verification.ts';
import { differs, type Keyed, MovedRows, type Row } from './moved-rows.ts';
import { schemaDifferences } from './schema-differences.ts';

/**
 * Two databases: how they are made, and then row by row in the order of their keys. What a full-text index
 * keeps for itself depends on how it was filled, so of it the words are compared.
 */
export interface Compared {
  readonly rows: number;
  readonly differences: number;
  readonly first: readonly RowDifference[];
}

/** All are counted; who has twenty of them looks at the disk and not at the twenty-first. */
const MOST_TOLD = 20;

interface Table extends Keyed {
  readonly sql: string;
}

export function rowDifferences(live: DatabaseSync, built: DatabaseSync): Compared {
  const schema = schemaDifferences(live, built);
  const first = [...schema.differences];
  let rows = 0;
  let differences = first.length;
  for (const table of tablesOf(built)) {
    // Rows of a table that is made otherwise differ all, which says less than that.
    if (schema.tables.has(table.name)) continue;
    const compared = tableDifferences(table, live, built);
    rows += compared.rows;
    differences += compared.differences;
    first.push(...compared.first);
  }
  return { rows, differences, first: first.slice(0, MOST_TOLD) };
}

function tableDifferences(table: Table, live: DatabaseSync, built: DatabaseSync): Compared {
  try {
    return stepped(table, rowsOf(live, table), rowsOf(built, table));
  } catch (error) {
    if (!isOutOfRange(error)) throw error;
    return stepped(table, rowsOf(live, table, true), rowsOf(built, table, true));
  }
}

function stepped(table: Table, live: Iterator<Row>, built: Iterator<Row>): Compared {
  const first: RowDifference[] = [];
  const moved = new MovedRows(table);
  let rows = 0;
  let differences = 0;
  const tell = (difference: RowDifference) => {
    differences += 1;
    if (first.length < MOST_TOLD) first.push(difference);
  };
  for (const step of inStep(table, live, built)) {
    rows += 1;
    if (step === undefined) continue;
    const { how, row } = step;
    if (how === 'altered' || !moved.hold(how, row)) tell(differs(table, row, how));
  }
  const held = moved.differences();
  return { rows, differences: differences + held.length, first: [...held, ...first] };
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

function rowsOf(db: DatabaseSync, { name, sql }: Table, bigIntegers = false): Iterator<Row> {
  if (sql.includes('temp.')) {
    db.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${name}_words USING fts5vocab(main, ${name}, row)`,
    );
  }
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(bigIntegers);
  return asRows(statement.iterate());
}

/** With `setReturnArrays` a row is an array of values, which the types do not know. */
function* asRows(rows: Iterable<unknown>): Generator<Row, void, void> {
  for (const row of rows) yield Array.isArray(row) ? row : [];
}

interface Step {
  readonly how: 'surplus' | 'missing' | 'altered';
  readonly row: Row;
}

/** One step a row of either: what differs, or undefined where both have the same. */
function* inStep(
  table: Table,
  live: Iterator<Row>,
  built: Iterator<Row>,
): Generator<Step | undefined, void, void> {
  let here = live.next();
  let there = built.next();
  while (here.done !== true || there.done !== true) {
    const order =
      here.done === true ? 1 : there.done === true ? -1 : inOrder(table, here.value, there.value);
    if (order < 0) {
      yield { how: 'surplus', row: here.value ?? [] };
      here = live.next();
    } else if (order > 0) {
      yield { how: 'missing', row: there.value ?? [] };
      there = built.next();
    } else {
      yield isSame(here.value ?? [], there.value ?? [])
        ? undefined
        : { how: 'altered', row: here.value ?? [] };
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
  if (isNumber(one) && isNumber(other)) return one < other ? -1 : one > other ? 1 : 0;
  if (isNumber(one)) return -1;
  if (isNumber(other)) return 1;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

function isSame(one: Row, other: Row): boolean {
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return one.length === other.length;
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
