import type { DatabaseSync } from 'node:sqlite';
import { OF_SQLITE } from '@ceasewatch/auditor/of-sqlite';
import type { RowDifference } from '../contract/verification.ts';

/**
 * How the file of the rows is made, beside one that was made by this program just now: tables, columns,
 * indexes, triggers, statement by statement. An index that is gone costs time, one that leaves rows out or
 * compares otherwise costs answers, a trigger spoils what comes; no row shows any of it.
 */
export interface SchemaDifferences {
  readonly differences: readonly RowDifference[];
  /** Tables that are not the same, so that their rows cannot be held against each other. */
  readonly tables: ReadonlySet<string>;
}

const COLUMNS = ['type', 'name', 'tbl_name', 'sql'] as const;
const HEADER = ['application_id', 'user_version', 'encoding'] as const;
const FILE = 'the file';

export function schemaDifferences(live: DatabaseSync, built: DatabaseSync): SchemaDifferences {
  const [here, there] = [statementsOf(live), statementsOf(built)];
  const names = [...new Set([...there.keys(), ...here.keys()])].toSorted();
  const differences = names.flatMap((name): RowDifference[] => {
    const [is, made] = [here.get(name), there.get(name)];
    if (is === undefined) return [{ table: FILE, row: name, how: 'missing' }];
    if (made === undefined) return [{ table: FILE, row: name, how: 'surplus' }];
    return is === made ? [] : [{ table: FILE, row: name, how: 'altered' }];
  });
  const tables = differences
    .map(({ row }) => row)
    .filter((name) => name.startsWith(TABLE))
    .map((name) => name.slice(TABLE.length));
  return { differences: [...differences, ...headers(live, built)], tables: new Set(tables) };
}

const TABLE = 'table ';

function statementsOf(db: DatabaseSync): ReadonlyMap<string, string> {
  const rows = db
    .prepare(`SELECT ${COLUMNS.join()} FROM sqlite_schema WHERE NOT (${OF_SQLITE})`)
    .all();
  return new Map(
    rows.map((row) => {
      const [type = '', name = '', table = '', sql = ''] = COLUMNS.map((each) => String(row[each]));
      return [`${type} ${name}`, `${table}: ${sql}`];
    }),
  );
}

function headers(live: DatabaseSync, built: DatabaseSync): readonly RowDifference[] {
  return HEADER.filter((name) => pragmaOf(live, name) !== pragmaOf(built, name)).map(
    (name): RowDifference => ({ table: FILE, row: name, how: 'altered' }),
  );
}

function pragmaOf(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
