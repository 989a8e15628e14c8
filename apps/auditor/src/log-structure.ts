import type { DatabaseSync } from 'node:sqlite';
import { OF_SQLITE } from './of-sqlite.ts';

/**
 * What the file of a log is made of: tables, guards, the two numbers of its header. No hash covers them,
 * and what is written next or read by others depends on them: a trigger that somebody added, a table with a
 * view in its place, a name that is compared without its case. Known here from the format and not from the
 * server's code, statement by statement; only white space is passed over.
 */
const GUARDED = [
  ['events', 'an event'],
  ['streams', 'a stream'],
] as const;
const FORBIDDEN = [
  ['altered', 'UPDATE'],
  ['removed', 'DELETE'],
] as const;

const GUARDS = GUARDED.flatMap(([table, one]) =>
  FORBIDDEN.map(([done, how]) => {
    const name = `${table}_are_never_${done}`;
    const told = `RAISE(ABORT, '${one} is never ${done}')`;
    return [
      `trigger ${name}`,
      `CREATE TRIGGER ${name} BEFORE ${how} ON ${table} BEGIN SELECT ${told}; END`,
    ] as const;
  }),
);

const MADE: ReadonlyMap<string, string> = new Map(
  [
    [
      'table streams',
      'CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
    ],
    [
      'table events',
      `CREATE TABLE events (seq INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL, revision INTEGER NOT NULL,
        event_id BLOB NOT NULL UNIQUE, leaf TEXT NOT NULL, leaf_hash BLOB NOT NULL, chain BLOB NOT NULL,
        UNIQUE (stream_id, revision)) STRICT`,
    ],
    [
      'table vault',
      'CREATE TABLE vault (seq INTEGER PRIMARY KEY, secret BLOB, disclosures TEXT NOT NULL) STRICT',
    ],
    ...GUARDS,
  ].map(([name = '', statement = '']) => [name, withoutSpace(statement)]),
);

/** What a node of a cluster notes beside its copy of the log. */
const BESIDE_A_COPY: ReadonlySet<string> = new Set(
  [
    'unreadable',
    'vanishing',
    'tombstone_due',
    'standing',
    'vault_waiting',
    'erased_waiting',
    'secret_waiting',
  ].map((name) => `table ${name}`),
);

/** "CWLG", and the version of the tables. */
const HEADER = [
  ['application_id', 0x43574c47],
  ['user_version', 1],
] as const;

/**
 * What is other than a log is made, one clause each.
 *
 * @param isCopy of a cluster's node, which notes more beside it
 */
export function structureFaults(db: DatabaseSync, isCopy: boolean): readonly string[] {
  const rows = db
    .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE NOT (${OF_SQLITE}) ORDER BY name`)
    .all();
  const here = new Map(
    rows.map(({ type, name, sql }) => [`${String(type)} ${String(name)}`, String(sql)]),
  );
  const gone = [...MADE.keys()].filter((name) => !here.has(name));
  const known = [...here].filter(([name]) => !(isCopy && BESIDE_A_COPY.has(name)));
  return [
    ...gone.map((name) => `the ${name} is gone`),
    ...known.flatMap(([name, statement]) => {
      const made = MADE.get(name);
      if (made === undefined) return [`the ${name} is none of a log`];
      return made === withoutSpace(statement) ? [] : [`the ${name} is not as a log has it`];
    }),
    ...HEADER.flatMap(([name, value]) => {
      const found = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
      return found === value ? [] : [`its ${name} is ${String(found)}, not ${value}`];
    }),
  ];
}

function withoutSpace(statement: string): string {
  return statement
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),]) ?/g, '$1')
    .trim();
}
