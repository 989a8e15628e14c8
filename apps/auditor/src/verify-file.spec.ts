import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogFile } from './log-file.ts';
import { unguarded, writeLog } from './testing/write-log.ts';
import { verifyLog } from './verify-log.ts';

/** What no hash of an event covers: how the file is made, and under which number a row stands. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ceasewatch-verify-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function flaws(): readonly string[] {
  const file = new LogFile(folder);
  try {
    return verifyLog(file).flaws.first.map(
      ({ seq, kind, message }) => `${seq} ${kind}: ${message}`,
    );
  } finally {
    file.close();
  }
}

/** Writes a log, spoils it behind its guards, and says what is found. */
function found(spoil: (db: DatabaseSync) => void): readonly string[] {
  const db = writeLog(folder);
  unguarded(db, spoil);
  db.close();
  return flaws();
}

/** A statement of the schema, edited as SQLite itself would never do. */
function withStatement(table: string, was: string, is: string) {
  const db = new DatabaseSync(join(folder, 'log.sqlite'), { defensive: false });
  const version = Number(db.prepare('PRAGMA schema_version').get()?.['schema_version']);
  db.exec('PRAGMA writable_schema = ON');
  db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(
    was,
    is,
    table,
  );
  db.exec(`PRAGMA schema_version = ${version + 1}`);
  db.close();
}

describe('the file of a log', () => {
  it.each([
    [
      'a guard that is gone',
      'DROP TRIGGER events_are_never_altered',
      ['the trigger events_are_never_altered is gone'],
    ],
    [
      'a guard without teeth',
      `DROP TRIGGER events_are_never_removed;
       CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events WHEN 0
         BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END`,
      ['the trigger events_are_never_removed is not as a log has it'],
    ],
    [
      'a trigger that spoils what comes',
      `CREATE TRIGGER quiet AFTER INSERT ON events
         BEGIN UPDATE vault SET disclosures = '[]' WHERE seq = new.seq; END`,
      ['the trigger quiet is none of a log'],
    ],
    [
      'a view in place of a table',
      'ALTER TABLE vault RENAME TO kept; CREATE VIEW vault AS SELECT * FROM kept',
      [
        'the table vault is gone',
        'the table kept is none of a log',
        'the view vault is none of a log',
      ],
    ],
    ['a table more', 'CREATE TABLE mine (x)', ['the table mine is none of a log']],
    [
      'an index more',
      'CREATE INDEX mine ON events (revision)',
      ['the index mine is none of a log'],
    ],
    [
      'a column more',
      'ALTER TABLE events ADD COLUMN x TEXT',
      ['the table events is not as a log has it'],
    ],
    [
      'a generated column',
      'ALTER TABLE vault ADD COLUMN x TEXT AS (disclosures)',
      ['the table vault is not as a log has it'],
    ],
    ['another version', 'PRAGMA user_version = 7', ['its user_version is 7, not 1']],
    [
      'the mark of another program',
      'PRAGMA application_id = 1',
      ['its application_id is 1, not 1129794631'],
    ],
    [
      'a stream without an event',
      `INSERT INTO streams (name) VALUES ('cw.observation-x')`,
      ['the stream cw.observation-x is there, and no event is filed under it'],
    ],
  ])('is told of for %s', (_, statement, told) => {
    const db = writeLog(folder);
    db.exec(statement);
    db.close();
    expect(flaws()).toEqual(told.map((each) => `-1 file_altered: ${each}`));
  });

  it.each([
    ['a default', 'vault', 'disclosures TEXT NOT NULL', "disclosures TEXT NOT NULL DEFAULT '[]'"],
    ['a collation', 'streams', 'name TEXT NOT NULL', 'name TEXT NOT NULL COLLATE NOCASE'],
    ['a type that takes anything', 'events', ') STRICT', ')'],
  ])('is told of for %s that its statement was given', (_, table, was, is) => {
    writeLog(folder).close();
    withStatement(table, was, is);
    expect(flaws()[0]).toBe(`-1 file_altered: the table ${table} is not as a log has it`);
  });

  it('is judged behind its events, of which more can be said', () => {
    const told = found((db) =>
      db.exec(`CREATE TABLE mine (x); UPDATE events SET chain = zeroblob(32) WHERE seq = 5`),
    );
    expect(told).toEqual([
      '5 chain_broken: it does not follow the event before it',
      '6 chain_broken: it does not follow the event before it',
      '-1 file_altered: the table mine is none of a log',
    ]);
  });

  it('is no other for what SQLite itself adds, nor for what a node of a cluster notes', () => {
    const db = writeLog(folder);
    db.exec('ANALYZE');
    db.close();
    expect(flaws()).toEqual([]);
    const copy = join(folder, 'log-copy.sqlite');
    copyFileSync(join(folder, 'log.sqlite'), copy);
    rmSync(join(folder, 'log.sqlite'));
    const noted = new DatabaseSync(copy);
    noted.exec('CREATE TABLE vault_waiting (x)');
    expect(flaws()).toEqual([]);
    noted.exec('CREATE TABLE mine (x)');
    noted.close();
    expect(flaws()).toEqual(['-1 file_altered: the table mine is none of a log']);
  });
});

describe('an event under another number than its own', () => {
  const under =
    (number: number | bigint, seq = 5) =>
    (db: DatabaseSync) => {
      for (const table of ['events', 'vault'])
        db.prepare(`UPDATE ${table} SET seq = ? WHERE seq = ?`).run(number, seq);
    };

  it.each([
    ['a negative one', -5, 5],
    ['one beyond the last', 4_000, 5],
    ['a negative one, of the first event', -1, 0],
    ['a negative one, of the last event', -13, 13],
  ])('is told as that: %s', (_, number, seq) => {
    expect(found(under(number, seq))).toEqual([
      `${seq} renumbered: it stands under the number ${number}`,
    ]);
  });

  it('is told with what was done to its bytes', () => {
    const told = found((db) => {
      under(-5)(db);
      db.exec(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = -5`);
    });
    expect(told).toEqual([
      '5 renumbered: it stands under the number -5',
      '5 leaf_altered: the leaf does not have the hash that was recorded',
    ]);
  });

  it('is told beside one that is gone, whose place it took', () => {
    const told = found((db) => {
      db.exec('DELETE FROM events WHERE seq = 9; DELETE FROM vault WHERE seq = 9');
      under(9)(db);
    });
    expect(told).toEqual([
      '5 renumbered: it stands under the number 9',
      '9 missing_event: it is not in the log',
    ]);
  });

  it('is a stray where the chain goes on through it nowhere', () => {
    const told = found((db) => {
      db.exec(`INSERT INTO events SELECT -7, 1, 99, randomblob(16), leaf, leaf_hash, chain
        FROM events WHERE seq = 5`);
    });
    expect(told).toEqual([
      '-1 stray_event: a row stands under the number -7 and follows no event of this log',
    ]);
  });

  it('cannot hide behind a number that no program of ours can read', () => {
    for (const number of [2n ** 60n, -(2n ** 63n)]) {
      const told = found((db) =>
        db.prepare('UPDATE events SET seq = ? WHERE seq = 12').run(number),
      );
      expect(told).toEqual([
        '12 missing_event: it is not in the log',
        '12 stray_disclosure: it has no event',
        '-1 stray_event: a row stands under a number beyond all that a log can have',
      ]);
      rmSync(join(folder, 'log.sqlite'));
    }
    expect(
      found((db) => db.prepare('UPDATE events SET revision = ? WHERE seq = 5').run(2n ** 60n)),
    ).toEqual(['5 wrong_revision: it is revision 0, not 0']);
  });
});

describe('the vault', () => {
  it('is told of for a row of an event that discloses nothing', () => {
    const told = found((db) => db.exec(`INSERT INTO vault VALUES (1, randomblob(32), '[]')`));
    expect(told).toEqual(['1 stray_disclosure: its leaf discloses nothing']);
  });

  it.each([
    ['keys', 'secret'],
    ['words', 'disclosures'],
  ])('is told of for %s of two events that were swapped', (_, column) => {
    const told = found((db) =>
      db.exec(`CREATE TEMP TABLE o AS SELECT * FROM vault WHERE seq IN (5, 6);
        UPDATE vault SET ${column} = o.${column} FROM o WHERE o.seq = 11 - vault.seq AND vault.seq IN (5, 6)`),
    );
    expect(told.map((each) => each.slice(0, 20))).toEqual([
      '5 disclosure_altered',
      '6 disclosure_altered',
    ]);
  });

  it('is told of for a key that is gone, which is erased with words only', () => {
    const told = found((db) => db.exec('UPDATE vault SET secret = NULL WHERE seq = 5'));
    expect(told).toEqual(['5 disclosure_missing: the secret of its disclosures is gone']);
  });

  it('is told of for words that go on behind a NUL', () => {
    const told = found((db) =>
      db.exec(`UPDATE vault SET disclosures = disclosures || char(0) || 'x' WHERE seq = 5`),
    );
    expect(told).toEqual(['5 disclosure_altered: the vault holds no list of disclosures']);
  });
});

it('a leaf or a stream that goes on behind a NUL is not what was hashed', () => {
  const told = found((db) =>
    db.exec(`UPDATE events SET leaf = leaf || char(0) || 'x' WHERE seq = 5;
      UPDATE streams SET name = name || char(0) || 'x' WHERE id = (SELECT stream_id FROM events WHERE seq = 6)`),
  );
  expect(told.map((each) => each.slice(0, 14))).toEqual(['5 leaf_altered', '6 wrong_stream']);
});

it('pages that somebody left in the WAL are read as what they say', () => {
  const db = writeLog(folder);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  unguarded(db, () =>
    db.exec(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 5`),
  );
  const left = mkdtempSync(join(tmpdir(), 'ceasewatch-verify-'));
  for (const name of ['log.sqlite', 'log.sqlite-wal'])
    copyFileSync(join(folder, name), join(left, name));
  db.close();
  const file = new LogFile(left);
  expect(verifyLog(file).flaws.first).toMatchObject([{ seq: 5, kind: 'leaf_altered' }]);
  file.close();
  rmSync(left, { recursive: true });
});
