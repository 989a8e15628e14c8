import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventLog } from './event-log.ts';
import { openLog, type OpenLogOptions } from './open-log.ts';
import { WriterConnection } from './sqlite-connection.ts';
import type { SqliteEventLog } from './sqlite-event-log.ts';
import { openLogReader } from './sqlite-log-reader.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from './testing/events.ts';

/** The embedded log and its files: who may open them, what is in them, what is no longer in them. */
describe('the embedded log', () => {
  let folder: string;
  const opened: SqliteEventLog[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-faults-'));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
    rmSync(folder, { recursive: true });
  });

  const open = async (more: Partial<OpenLogOptions> = {}) => {
    const log = await openLog({ folder, exercise: true, now: () => FIRST_INSTANT, ...more });
    opened.push(log);
    return log;
  };
  const append = (log: EventLog, n: number, disclosed: Record<string, string> = {}) =>
    log.append(testStream(n), 'none', [testEvent({ stream: n, disclosed })]);
  /** Alters the file behind the log's back, as a failing disk would. */
  const tamper = (sql: string) => {
    const db = new DatabaseSync(join(folder, 'log.sqlite'));
    db.exec('DROP TRIGGER events_are_never_altered; DROP TRIGGER events_are_never_removed;');
    db.exec(sql);
    db.close();
  };

  describe('in its folder', () => {
    it('is opened again with everything that was acknowledged', async () => {
      const log = await open();
      for (let n = 1; n <= 5; n += 1) await append(log, n, { narrative: `number ${n}` });
      const before = { head: log.head(), page: await log.page(-1, 100) };
      await log.close();
      const again = await open();
      expect({ head: again.head(), page: await again.page(-1, 100) }).toEqual(before);
      expect(await append(again, 3, { narrative: 'number 3' })).toMatchObject({
        outcome: 'already',
      });
      expect(await append(again, 6)).toMatchObject({ outcome: 'appended' });
    });

    it('is written by one process at a time', async () => {
      const log = await open();
      await expect(open()).rejects.toMatchObject({ code: 'data_folder_in_use', facts: { folder } });
      await log.close();
      await expect(open()).resolves.toBeDefined();
    });

    it('is not opened as real when it is an exercise, nor the other way round', async () => {
      await (await open()).close();
      await expect(open({ exercise: false })).rejects.toMatchObject({ code: 'wrong_sort' });
      await expect(open()).resolves.toBeDefined();
    });

    it('is not opened in place of another log', async () => {
      await (await open({ logId: testId(0) })).close();
      await expect(open({ logId: testId(1) })).rejects.toMatchObject({ code: 'foreign_log' });
    });

    it('is not mistaken for another database', async () => {
      const db = new DatabaseSync(join(folder, 'log.sqlite'));
      db.exec('CREATE TABLE t (x)');
      db.close();
      await expect(open()).rejects.toMatchObject({ code: 'foreign_log' });
    });

    it('says which folder cannot be used', async () => {
      const file = join(folder, 'a-file');
      copyFileSync(import.meta.filename, file);
      await expect(open({ folder: file })).rejects.toMatchObject({
        code: 'data_folder_unusable',
        facts: { folder: file },
      });
    });

    it('has the settings that make an acknowledged event durable', async () => {
      await open();
      const connection = new WriterConnection(join(folder, 'log.sqlite'));
      const pragma = (name: string) =>
        Object.values(connection.db.prepare(`PRAGMA ${name}`).get() ?? {});
      expect(pragma('journal_mode')).toEqual(['wal']);
      expect(pragma('synchronous')).toEqual([2]);
      expect(pragma('secure_delete')).toEqual([1]);
      connection.close();
    });

    it('lets nobody alter or remove an event', async () => {
      await append(await open(), 1);
      const db = new DatabaseSync(join(folder, 'log.sqlite'));
      expect(() => db.exec("UPDATE events SET leaf = '{}' WHERE seq = 1")).toThrow('never altered');
      expect(() => db.exec('DELETE FROM events WHERE seq = 1')).toThrow('never removed');
      db.close();
    });

    it('is read by others while it is written', async () => {
      const log = await open();
      const reader = openLogReader(folder);
      await append(log, 1);
      expect(reader.page(-1, 10).events.map(({ seq }) => seq)).toEqual([0, 1]);
      expect(reader.head()).toEqual(log.head());
      reader.close();
    });
  });

  describe('when it is damaged', () => {
    const written = async () => {
      const log = await open();
      for (let n = 1; n <= 20; n += 1) await append(log, n, { narrative: 'said' });
      await log.close();
    };

    it.each([
      [
        'a flipped bit',
        `UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 7`,
        7,
      ],
      ['a removed event', 'DELETE FROM events WHERE seq = 8', 8],
      ['a changed chain', `UPDATE events SET chain = zeroblob(32) WHERE seq = 9`, 9],
    ])('does not open over %s, and names it', async (_, sql, seq) => {
      await written();
      tamper(sql);
      await expect(open()).rejects.toMatchObject({ code: 'log_corrupt', facts: { seq } });
    });

    it('serves nothing of a damaged event and everything before it', async () => {
      await written();
      tamper(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 7`);
      const log = await open({ verifiedAtOpen: 5 });
      expect((await log.page(-1, 7)).events).toHaveLength(7);
      await expect(log.page(6, 10)).rejects.toMatchObject({
        code: 'log_corrupt',
        facts: { seq: 7 },
      });
      await expect(log.source(testStream(7))).rejects.toMatchObject({ code: 'log_corrupt' });
    });
  });

  it('leaves no byte of an erased disclosure in any file', async () => {
    const log = await open();
    const narrative = 'Corporal Somebody was seen at the well.';
    for (let n = 1; n <= 30; n += 1)
      await append(log, n, { narrative: `${n} ${narrative}`.slice(0, 60) });
    const bytes = () =>
      readdirSync(folder)
        .filter((file) => file.startsWith('log.sqlite'))
        .map((file) => readFileSync(join(folder, file)).toString('latin1'))
        .join();
    const disclosures = async (n: number) =>
      (await log.source(testStream(n))).events[0]?.disclosed ?? {};
    const written = (await disclosures(7))['narrative'];
    const disclosure = written?.disclosure ?? '';
    expect(bytes()).toContain(disclosure);
    const data = { event: testId(7), digests: [written?.digest ?? ''], reason: 'a name' };
    const erasure = testEvent({ stream: 7, revision: 1, type: 'disclosure.erased.v1', data });
    await log.append(testStream(7), 0, [erasure]);
    expect(bytes()).not.toContain(disclosure);
    expect(bytes()).not.toContain(Buffer.from(new Uint8Array(32).fill(7)).toString('latin1'));
    expect((await disclosures(7))['narrative']).toMatchObject({ state: 'erased' });
    expect((await disclosures(8))['narrative']).toMatchObject({ state: 'shown' });
  });
});
