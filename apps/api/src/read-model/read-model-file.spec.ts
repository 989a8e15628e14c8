import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PROJECTIONS } from '../projections.ts';
import { createEmpty, fileOf, openExisting } from './read-model-file.ts';

const LOG = '019aa9c0-0000-7000-8000-000000000001';
const ROWS = 2_000;

describe('the file of a read model', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-rows-'));
    file = fileOf(folder, PROJECTIONS);
    const { db } = createEmpty(file, PROJECTIONS, LOG);
    db.exec(`INSERT INTO observation (number, id, present)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
        SELECT i, printf('019aa9c0-7d3e-8a41-8c55-%012d', i), i FROM n;
      UPDATE position SET seq = ${ROWS}; PRAGMA wal_checkpoint(TRUNCATE)`);
    db.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const opened = (last = ROWS) => {
    const found = openExisting(file, LOG, last);
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
    expect(opened()).toBe(ROWS);
    expect(opened()).toBe(ROWS);
  });

  it.each(['first', 'last'] as const)(
    'is thrown away where a row and its index no longer say the same (%s of both)',
    (occurrence) => {
      flipWithin('019aa9c0-7d3e-8a41-8c55-000000000777', occurrence);
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
    ['of another log', '019aa9c0-0000-7000-8000-000000000002', ROWS],
    ['beyond the log', LOG, ROWS - 1],
  ])('is thrown away where it is %s', (_, log, last) => {
    expect(openExisting(file, log, last)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it('is thrown away where it lacks more than is worth adding', () => {
    openExisting(file, LOG, ROWS * 2, ROWS)?.db.close();
    expect(existsSync(file)).toBe(true);
    expect(openExisting(file, LOG, ROWS * 2 + 2, ROWS + 1)).toBeUndefined();
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
});
