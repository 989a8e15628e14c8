import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { rowDifferences } from './row-differences.ts';

/** What the rows of a node are held against: how their file is made, and what they say. */
const TABLES = `
CREATE TABLE place (log TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE version (number INTEGER NOT NULL, seq INTEGER NOT NULL, lat INTEGER, PRIMARY KEY (number, seq)) STRICT;
CREATE INDEX version_seq ON version (seq) WHERE lat IS NOT NULL;
INSERT INTO place VALUES ('a', 3);
INSERT INTO word VALUES (1, 'post'), (2, 'mill'), (3, 'ridge');
INSERT INTO version VALUES (1, 1, 40), (2, 2, NULL), (2, 3, 41);
`;

let live: DatabaseSync;
let built: DatabaseSync;
beforeEach(() => {
  [live, built] = [opened(), opened()];
});
afterEach(() => {
  for (const db of [live, built]) db.close();
});

function opened(): DatabaseSync {
  const db = new DatabaseSync(':memory:', { defensive: false });
  db.exec(TABLES);
  return db;
}

function told(): readonly string[] {
  return rowDifferences(live, built).first.map(({ table, row, how }) => `${table}: ${row} ${how}`);
}

it('two files that are made alike and say the same are equal', () => {
  expect(rowDifferences(live, built)).toEqual({ rows: 7, differences: 0, first: [] });
});

describe('how a file is made', () => {
  it.each([
    ['a dropped index', 'DROP INDEX version_seq', ['the file: index version_seq missing']],
    [
      'an index that leaves rows out',
      'DROP INDEX version_seq; CREATE INDEX version_seq ON version (seq) WHERE lat > 40',
      ['the file: index version_seq altered'],
    ],
    [
      'an index of another table under its name',
      'DROP INDEX version_seq; CREATE INDEX version_seq ON word (word)',
      ['the file: index version_seq altered'],
    ],
    [
      'a trigger',
      'CREATE TRIGGER mine AFTER INSERT ON version BEGIN UPDATE version SET lat = 0; END',
      ['the file: trigger mine surplus'],
    ],
    [
      'a view in place of a table',
      'ALTER TABLE word RENAME TO w; CREATE VIEW word AS SELECT * FROM w',
      ['the file: table w surplus', 'the file: table word missing', 'the file: view word surplus'],
    ],
    ['a table less', 'DROP TABLE word', ['the file: table word missing']],
    ['a column more', 'ALTER TABLE word ADD COLUMN x TEXT', ['the file: table word altered']],
    ['a version', 'PRAGMA user_version = 3', ['the file: user_version altered']],
  ])('is told of for %s', (_, statement, differences) => {
    live.exec(statement);
    expect(told()).toEqual(differences);
  });

  it.each([
    ['a collation', 'word TEXT NOT NULL', 'word TEXT NOT NULL COLLATE NOCASE'],
    ['a default', 'word TEXT NOT NULL', `word TEXT NOT NULL DEFAULT 'x'`],
    ['a type that takes anything', ') STRICT', ')'],
  ])('is told of for %s that its statement was given', (_, was, is) => {
    live.exec('PRAGMA writable_schema = ON');
    live
      .prepare(`UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'word'`)
      .run(was, is);
    expect(told()).toEqual(['the file: table word altered']);
  });

  it('is no other for the statistics that SQLite adds', () => {
    live.exec('ANALYZE');
    expect(told()).toEqual([]);
  });
});

describe('what rows say', () => {
  it('is told row by row, what was altered by the key that it had', () => {
    live.exec(`UPDATE word SET id = -2 WHERE id = 2;
      UPDATE version SET lat = 90 WHERE number = 1;
      UPDATE version SET number = 7 WHERE seq = 3;
      DELETE FROM word WHERE id = 1;
      INSERT INTO word VALUES (9, 'mine');
      UPDATE place SET seq = 4`);
    expect(told()).toEqual([
      'place: a, 4 altered',
      'version: number 2, seq 3, here number 7, seq 3 altered',
      'version: number 1, seq 1 altered',
      'word: id 1 missing',
      'word: id 2, here id -2 altered',
      'word: id 9 surplus',
    ]);
    expect(rowDifferences(live, built).differences).toBe(6);
  });

  it('is counted also where more rows are gone than are held', () => {
    for (const db of [live, built]) {
      const insert = db.prepare('INSERT INTO word VALUES (?, ?)');
      for (let id = 100; id < 400; id += 1) insert.run(id, `word ${id}`);
    }
    live.exec('DELETE FROM word WHERE id >= 100');
    const { differences, first } = rowDifferences(live, built);
    expect([differences, first.length, first[0]]).toEqual([
      300,
      20,
      { table: 'word', row: 'id 100', how: 'missing' },
    ]);
  });

  it('is told of a number that no program of ours can read', () => {
    live.prepare('UPDATE version SET lat = ? WHERE number = 1').run(2n ** 60n);
    expect(told()).toEqual(['version: number 1, seq 1 altered']);
    live.prepare('UPDATE word SET id = ? WHERE id = 3').run(-(2n ** 60n));
    expect(told()[1]).toBe('word: id 3, here id -1152921504606846976 altered');
  });

  it('is told of a text that goes on behind a NUL', () => {
    live.exec(`UPDATE word SET word = word || char(0) || 'x' WHERE id = 1`);
    expect(told()).toEqual(['word: id 1 altered']);
  });
});
