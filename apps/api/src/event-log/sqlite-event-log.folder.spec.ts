import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventLog, LogDamage } from './event-log.ts';
import { isEventLogError } from './event-log-error.ts';
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
    it('is for whoever runs the node alone, where it made the folder', async () => {
      const made = join(folder, 'made', 'here');
      await open({ folder: made });
      for (const each of [made, join(made, '..')]) {
        expect((statSync(each).mode & 0o777).toString(8)).toBe('700');
      }
    });

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
      const seen = jest.fn(() => undefined);
      await expect(open({ seen })).rejects.toMatchObject({
        code: 'data_folder_in_use',
        facts: { folder },
      });
      // Nor is what others keep in it looked at before it is held.
      expect(seen).not.toHaveBeenCalled();
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
    const written = async (last = 20) => {
      const log = await open();
      for (let n = 1; n <= last; n += 1) await append(log, n, { narrative: 'said' });
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
    ])('opens for reading only over %s, and names it', async (_, sql, seq) => {
      await written();
      tamper(sql);
      const told: LogDamage[] = [];
      const log = await open({ onDamage: (damage) => told.push(damage) });
      expect(log.head().seq).toBe(seq - 1);
      expect(log.condition()).toMatchObject({ store: 'damaged', damage: { seq } });
      expect(told).toEqual([log.condition().damage]);
      expect((await log.page(-1, 100)).events).toHaveLength(seq);
      const refused = { code: 'log_corrupt', facts: { seq } };
      await expect(log.page(seq - 1, 10)).rejects.toMatchObject(refused);
      await expect(append(log, 30)).rejects.toMatchObject(refused);
    });

    it('serves nothing of a damaged event and everything before it', async () => {
      await written();
      tamper(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 7`);
      const log = await open({ verifiedAtOpen: 5 });
      expect((await log.page(-1, 100)).events).toHaveLength(7);
      expect(log.condition().store).toBe('here');
      await expect(log.page(6, 10)).rejects.toMatchObject({
        code: 'log_corrupt',
        facts: { seq: 7 },
      });
      await expect(log.source(testStream(7))).rejects.toMatchObject({ code: 'log_corrupt' });
    });

    it('writes nothing any more once anybody has met the damage', async () => {
      await written();
      tamper(`UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 7`);
      const log = await open({ verifiedAtOpen: 5 });
      await append(log, 21);
      const stop = new AbortController();
      const followed = log.follow(-1, { signal: stop.signal })[Symbol.asyncIterator]();
      expect((await followed.next()).value).toMatchObject({ events: { length: 7 } });
      const waiting = followed.next();
      await new Promise((resolve) => setImmediate(resolve));
      expect(log.condition()).toMatchObject({ store: 'damaged', damage: { seq: 7 } });
      await expect(append(log, 22)).rejects.toMatchObject({ code: 'log_corrupt' });
      stop.abort();
      expect(await waiting).toMatchObject({ done: true });
    });

    it('shows no disclosure that is not the one that was written', async () => {
      await written();
      const row = 'SELECT disclosures FROM vault WHERE seq =';
      tamper(`UPDATE vault SET disclosures = (${row} 4) WHERE seq = 3`);
      const log = await open();
      await expect(log.source(testStream(3))).rejects.toMatchObject({
        code: 'log_corrupt',
        facts: { seq: 3 },
      });
    });

    it('is read up to where the file was cut off', async () => {
      await written(300);
      const file = join(folder, 'log.sqlite');
      truncateSync(file, Math.floor(statSync(file).size / 2));
      const size = statSync(file).size;
      const log = await open();
      const { seq } = log.head();
      expect(seq).toBeGreaterThan(0);
      expect(seq).toBeLessThan(300);
      expect((await log.page(-1, 1_000)).events).toHaveLength(seq + 1);
      expect(log.condition().store).toBe('damaged');
      await log.close();
      expect(statSync(file).size).toBe(size);
    });

    it('is not taken for the whole when it holds less than was seen of it', async () => {
      await written();
      const { logId } = (await openedOnce()).head;
      const log = await open({ seen: () => ({ log: logId, seq: 25 }) });
      expect(log.condition()).toMatchObject({ store: 'damaged', damage: { seq: 21 } });
      await expect(append(log, 21)).rejects.toMatchObject({ code: 'log_corrupt' });
      await log.close();
      expect((await open({ seen: () => ({ log: logId, seq: 20 }) })).condition().store).toBe(
        'here',
      );
    });

    it('is never begun anew in place of one that is gone', async () => {
      const seen = () => ({ log: testId(0), seq: 25 });
      await expect(open({ seen })).rejects.toMatchObject({ code: 'log_corrupt' });
      writeFileSync(join(folder, 'log.sqlite'), '');
      await expect(open({ seen })).rejects.toMatchObject({ code: 'log_corrupt' });
    });

    it('serves nothing wrong wherever a bit flips in its file', async () => {
      await written();
      const sound = (await openedOnce()).page;
      const file = join(folder, 'log.sqlite');
      const bytes = readFileSync(file);
      // Any places would do; these are the same in every run.
      for (let n = 0; n < 200; n += 1) {
        const place = (n * 7_919 * 31) % bytes.length;
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << (n % 8)), place);
        for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
        writeFileSync(file, flipped);
        const served = await whatIsServed(sound.events.length);
        expect(sound.events.slice(0, served.length)).toEqual(served);
      }
    }, 120_000);

    const openedOnce = async () => {
      const log = await open();
      const page = await log.page(-1, 100);
      await log.close();
      return { head: log.head(), page };
    };

    /** What a node would have to show; nothing when it does not open at all. */
    const whatIsServed = async (most: number) => {
      try {
        const log = await open();
        try {
          return (await log.page(-1, most)).events;
        } finally {
          await log.close();
        }
      } catch (error) {
        if (isEventLogError(error, 'log_corrupt', 'foreign_log')) return [];
        throw error;
      }
    };
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
