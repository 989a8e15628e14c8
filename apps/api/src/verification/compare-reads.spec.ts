import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { READS_FILE, ReadsFile, type ReadToKeep } from '../access/reads-file.ts';
import { compareReads } from './compare-reads.ts';

const LOOK: ReadToKeep = {
  at: '2026-11-22T12:00:00.000Z',
  until: '2026-11-22T12:00:00.000Z',
  officer: null,
  contingent: null,
  role: 'system',
  authn: 'system',
  kind: 'node',
  what: 'started',
  asOf: null,
  asOfLast: null,
  occurredUntil: null,
  times: 1,
};

describe('the record of who looked', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-reads-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const look = (times: number) => {
    const file = new ReadsFile(join(folder, READS_FILE));
    file.add(Array.from({ length: times }, () => LOOK));
    file.close();
  };
  /** Behind the guards, which are put back. */
  const spoil = (sql: string) => {
    const db = new DatabaseSync(join(folder, READS_FILE));
    const guards = db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all();
    for (const { name } of guards) db.exec(`DROP TRIGGER ${String(name)}`);
    db.exec(sql);
    for (const guard of guards) db.exec(String(guard['sql']));
    db.close();
  };

  it('is whole as it was written, and nothing where nobody has looked', () => {
    expect(compareReads(folder)).toBeUndefined();
    look(9);
    expect(compareReads(folder)).toEqual({ rows: 9, faults: [] });
  });

  it.each([
    ['a row', 'DELETE FROM read WHERE id = 5', ['row 5 is gone']],
    ['its beginning', 'DELETE FROM read WHERE id < 4', ['rows 1 to 3 are gone']],
    ['its end', 'DELETE FROM read WHERE id > 6', ['rows 7 to 9 are gone']],
    ['all of it', 'DELETE FROM read', ['rows 1 to 9 are gone']],
    [
      'a row under a negative number',
      'UPDATE read SET id = -5 WHERE id = 5',
      ['a row stands under the number -5', 'row 5 is gone'],
    ],
  ])('is missed when somebody took away %s', (_, sql, faults) => {
    look(9);
    spoil(sql);
    expect(compareReads(folder)?.faults).toEqual(faults);
  });

  it('is missed also after more was written', () => {
    look(9);
    spoil('DELETE FROM read WHERE id > 6');
    look(2);
    expect(compareReads(folder)).toEqual({ rows: 8, faults: ['rows 7 to 9 are gone'] });
  });

  it('is told of where a guard is gone, or the table another', () => {
    look(9);
    const db = new DatabaseSync(join(folder, READS_FILE));
    db.exec('DROP TRIGGER reads_are_never_removed');
    expect(compareReads(folder)?.faults).toEqual(['trigger reads_are_never_removed is missing']);
    db.exec('ALTER TABLE read ADD COLUMN x TEXT');
    db.close();
    expect(compareReads(folder)?.faults).toEqual([
      'table read is altered',
      'trigger reads_are_never_removed is missing',
    ]);
  });
});
