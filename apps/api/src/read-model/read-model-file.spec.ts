import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { testId } from '../event-log/testing/events.ts';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from './batch-applier.ts';
import { projectedReports } from './testing/histories.ts';
import { createEmpty, fileOf, openExisting } from './read-model-file.ts';

const LOG = testId(0);
const [HISTORY = []] = fc.sample(changes, { numRuns: 1, seed: 3 });
/** Events, and so observations, of which every one has rows in each table of its own. */
const ROWS = 400;
const FLIPS = 400;

describe('the file of a read model', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-rows-'));
    file = fileOf(folder, PROJECTIONS);
    const { db } = createEmpty(file, PROJECTIONS, LOG);
    new BatchApplier(db, PROJECTIONS, 'live', -1).apply(projectedReports(HISTORY, ROWS));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const opened = (last = ROWS - 1) => {
    const found = openExisting(file, PROJECTIONS, LOG, { last });
    found?.db.close();
    return found?.position;
  };
  /** What stands twice in the file: in the table and in its index. */
  const flipWithin = (text: string, occurrence: 'first' | 'last') => {
    const bytes = readFileSync(file);
    const at = occurrence === 'first' ? bytes.indexOf(text) : bytes.lastIndexOf(text);
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Uint8Array.of((bytes[at + 30] ?? 0) ^ 4), 0, 1, at + 30);
    closeSync(descriptor);
  };

  it('is used as it is, up to the event that it holds', () => {
    expect(opened()).toBe(ROWS - 1);
    expect(opened()).toBe(ROWS - 1);
  });

  it.each(['first', 'last'] as const)(
    'is thrown away where a row and its index no longer say the same (%s of both)',
    (occurrence) => {
      flipWithin(testId(277), occurrence);
      expect(opened()).toBeUndefined();
      expect(existsSync(file)).toBe(false);
    },
  );

  it('is thrown away where an index leaves rows out', () => {
    const db = new DatabaseSync(file, { defensive: false });
    db.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'observation_version_unit')
        WHERE name = 'observation_imported'`);
    db.close();
    expect(opened()).toBeUndefined();
  });

  it.each([
    ['of another log', testId(1), ROWS],
    ['beyond the log', LOG, ROWS - 2],
  ])('is thrown away where it is %s', (_, log, last) => {
    expect(openExisting(file, PROJECTIONS, log, { last })).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it('is thrown away where it lacks more than is worth adding', () => {
    openExisting(file, PROJECTIONS, LOG, { last: ROWS * 2, least: ROWS - 1 })?.db.close();
    expect(existsSync(file)).toBe(true);
    expect(
      openExisting(file, PROJECTIONS, LOG, { last: ROWS * 2 + 2, least: ROWS }),
    ).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it('is thrown away where it was cut off', () => {
    const bytes = statSync(file).size;
    rmSync(`${file}-wal`, { force: true });
    const cut = readFileSync(file).subarray(0, bytes - 8_192);
    rmSync(file);
    const descriptor = openSync(file, 'w');
    writeSync(descriptor, cut);
    closeSync(descriptor);
    expect(opened()).toBeUndefined();
  });

  it('with a bit flipped anywhere is thrown away, or has the rows that were written', () => {
    const [random, bytes, rows] = [randomOf('rows'), readFileSync(file), rowsOf(file)];
    const wrong: string[] = [];
    let thrownAway = 0;
    for (let n = 0; n < FLIPS; n += 1) {
      const [byte, bit] = [random.whole(0, bytes.length - 1), random.whole(0, 7)];
      const flipped = Buffer.from(bytes);
      flipped[byte] = (flipped[byte] ?? 0) ^ (1 << bit);
      writeFileSync(file, flipped);
      if (opened() === undefined) thrownAway += 1;
      else if (rowsOf(file) !== rows) wrong.push(`bit ${bit} of byte ${byte}`);
      rmSync(`${file}-wal`, { force: true });
      rmSync(`${file}-shm`, { force: true });
    }
    expect(wrong).toEqual([]);
    expect(thrownAway).toBeGreaterThan(FLIPS / 4);
  });

  it('has each value in a row with a sum, or in an index as well', () => {
    const db = new DatabaseSync(file, { readOnly: true });
    const columns = db.prepare('SELECT name FROM pragma_table_info(?)');
    const indexed = db.prepare(`SELECT count(DISTINCT x.cid) AS n FROM pragma_index_list(?) AS l,
      pragma_index_xinfo(l.name) AS x WHERE l.partial = 0`);
    const unguarded = db
      .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`)
      .all()
      .map(({ name }) => String(name))
      .filter((table) => {
        const names = columns.all(table).map(({ name }) => name);
        return names.at(-1) !== 'sum' && Number(indexed.get(table)?.['n']) < names.length;
      });
    db.close();
    // The position is held against the last event.
    expect(unguarded).toEqual(['sqlite_schema', 'position']);
  });
});

function rowsOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name`,
    )
    .all()
    .map(({ name }) => String(name))
    .filter((name) => name !== 'sqlite_schema');
  const found = db.prepare(
    `SELECT rowid FROM observation_text WHERE observation_text MATCH 'mill'`,
  );
  const rows = [...tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all()), found.all()];
  db.close();
  return JSON.stringify(rows);
}
