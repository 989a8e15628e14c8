import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Checkpoints } from './checkpoints.ts';
import { openDatabase, openForReading } from './read-model-file.ts';

const MOST_FRAMES = 100;
const SECRET = 'what nobody may find again';

describe('the checkpoints of the read model', () => {
  let folder: string;
  let file: string;
  let writer: DatabaseSync;
  let failures: unknown[];
  let checkpoints: Checkpoints;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-checkpoints-'));
    file = join(folder, 'rows.sqlite');
    writer = openDatabase(file);
    writer.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
    failures = [];
    checkpoints = new Checkpoints(file, writer, (error) => failures.push(error), MOST_FRAMES);
  });
  afterEach(async () => {
    await checkpoints.close();
    writer.close();
    rmSync(folder, { recursive: true });
  });

  const write = (text: string) =>
    writer.prepare('INSERT INTO row (text) VALUES (?)').run(text.padEnd(3_000, '.'));
  const wal = () => readFileSync(`${file}-wal`, 'latin1');

  test('let a writer that never pauses begin the WAL anew, and lose nothing', async () => {
    let rows = 0;
    for (let round = 0; round < 5; round += 1) {
      let room: Promise<unknown> | undefined;
      for (; room === undefined; rows += 1) {
        write(`row ${rows}`);
        room = checkpoints.room();
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(checkpoints.frames).toBeGreaterThanOrEqual(MOST_FRAMES);
      await room;
      write(`row ${rows}`);
      rows += 1;
      expect(checkpoints.frames).toBeLessThan(10);
    }
    expect(checkpoints.failure).toBeUndefined();
    const reader = openForReading(file);
    expect(reader.prepare('SELECT count(*) AS n FROM row').get()).toEqual({ n: rows });
    reader.close();
  });

  test('leave nothing of what was erased, as soon as nobody reads the older pages', async () => {
    write(SECRET);
    const reader = openForReading(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM row').get();
    writer.exec("DELETE FROM row; INSERT INTO row (text) VALUES ('something else')");
    checkpoints.empty();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(checkpoints.isEmptyDue).toBe(true);
    expect(wal()).toContain(SECRET);
    reader.exec('COMMIT');
    reader.close();
    while (checkpoints.isEmptyDue) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(statSync(`${file}-wal`).size).toBe(0);
    expect(readFileSync(file, 'latin1')).not.toContain(SECRET);
    expect(failures).toEqual([]);
  });

  test('that fail are told of and stay due until the file can be opened again', async () => {
    write(SECRET);
    renameSync(file, `${file}.away`);
    mkdirSync(file);
    checkpoints.empty();
    while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(String(checkpoints.failure)).toContain('unable to open');
    expect(checkpoints.isEmptyDue).toBe(true);
    rmdirSync(file);
    renameSync(`${file}.away`, file);
    while (checkpoints.isEmptyDue) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(checkpoints.failure).toBeUndefined();
    expect(statSync(`${file}-wal`).size).toBe(0);
  });
});
