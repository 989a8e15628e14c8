import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventLog, Followed } from './event-log.ts';
import { collect } from './event-log-read.contract.ts';
import { openLog, type OpenLogOptions } from './open-log.ts';
import { WriterConnection } from './sqlite-connection.ts';
import type { SqliteEventLog } from './sqlite-event-log.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from './testing/events.ts';
import { SmallDisk } from './testing/small-disk.ts';

/** What can go wrong below the embedded log: disks, folders, bits, other processes. */
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
  describe('when its disk is full', () => {
    it('says so, goes on reading, and takes the next append once there is room', async () => {
      const limit = { pages: 40 };
      let db: DatabaseSync | undefined;
      const log = await open({
        connect: (file) => {
          const connection = new WriterConnection(file);
          db = connection.db;
          return connection;
        },
      });
      db?.exec(`PRAGMA max_page_count = ${limit.pages}`);
      const text = 'x'.repeat(10_000);
      const write = (n: number) =>
        log.append(testStream(n), 'none', [testEvent({ stream: n, data: { text } })]);
      let full: unknown;
      let last = 0;
      for (let n = 1; full === undefined; n += 1) {
        await write(n).then(
          () => (last = n),
          (error: unknown) => (full = error),
        );
      }
      expect(full).toMatchObject({ code: 'storage_full' });
      expect(last).toBeGreaterThan(5);
      expect((await log.page(-1, 100)).events).toHaveLength(last + 1);
      await expect(write(last + 1)).rejects.toMatchObject({ code: 'storage_full' });
      db?.exec('PRAGMA max_page_count = 100000');
      expect(await write(last + 1)).toMatchObject({
        outcome: 'appended',
        events: [{ seq: last + 1 }],
      });
      await log.close();
      expect((await open()).head().seq).toBe(last + 1);
    });
  });

  (SmallDisk.isPossible() ? describe : describe.skip)('on a disk of its own of 4 MiB', () => {
    let small: SmallDisk | undefined;
    let data = '';
    // Not before: of tests that are filtered out nothing is ever removed.
    beforeAll(() => {
      small = SmallDisk.of('4m');
      data = join(small?.folder ?? '', 'data');
    });
    afterAll(() => small?.remove());

    it('survives that it runs full, and goes on when something else makes room', async () => {
      const log = await open({ folder: data });
      const text = 'x'.repeat(20_000);
      const write = (n: number) =>
        log.append(testStream(n), 'none', [testEvent({ stream: n, data: { text } })]);
      let last = 0;
      const fill = async () => {
        for (;;) {
          await write(last + 1);
          last += 1;
        }
      };
      for (let n = 1; n <= 20; n += 1) await write(n);
      last = 20;
      small?.fill();
      await expect(fill()).rejects.toMatchObject({ code: 'storage_full' });
      expect((await log.page(-1, 1_000)).events).toHaveLength(last + 1);
      small?.free();
      expect(await write(last + 1)).toMatchObject({
        outcome: 'appended',
        events: [{ seq: last + 1 }],
      });
      await log.close();
      expect((await open({ folder: data })).head().seq).toBe(last + 1);
    });
  });

  describe('when the disk answers with an error', () => {
    const ioError = Object.assign(new Error('disk I/O error'), {
      code: 'ERR_SQLITE_ERROR',
      errcode: 1034,
    });

    /** Fails once, before or after SQLite has committed; then as often as it is told to. */
    class FailingConnection extends WriterConnection {
      static failing: 'no' | 'before_commit' | 'after_commit' | 'at_begin' | 'at_checkpoint' = 'no';
      static rollsBack = true;
      static broken = false;
      static opened = 0;
      constructor(file: string) {
        if (FailingConnection.broken) throw ioError;
        super(file);
        FailingConnection.opened += 1;
      }
      override begin() {
        if (FailingConnection.failing === 'at_begin') throw ioError;
        super.begin();
      }
      override commit() {
        if (FailingConnection.failing === 'before_commit') throw ioError;
        super.commit();
        if (FailingConnection.failing === 'after_commit') throw ioError;
      }
      override rollback() {
        if (!FailingConnection.rollsBack) throw ioError;
        super.rollback();
      }
      override checkpoint() {
        if (FailingConnection.failing === 'at_checkpoint') throw ioError;
        return super.checkpoint();
      }
    }

    const failing = async () => {
      FailingConnection.opened = 0;
      FailingConnection.broken = false;
      FailingConnection.rollsBack = true;
      FailingConnection.failing = 'no';
      const log = await open({ connect: (file) => new FailingConnection(file) });
      await append(log, 1);
      return log;
    };

    it('acknowledges nothing, opens the file again and then goes on', async () => {
      const log = await failing();
      FailingConnection.failing = 'before_commit';
      await expect(append(log, 2)).rejects.toMatchObject({ code: 'outcome_unknown' });
      FailingConnection.failing = 'no';
      expect(await append(log, 2)).toMatchObject({ outcome: 'appended', events: [{ seq: 2 }] });
      expect(FailingConnection.opened).toBe(2);
    });

    it('finds a commit that was written after all, for the retry and for followers', async () => {
      const log = await failing();
      const stop = new AbortController();
      const seen = collect(log.follow(-1, { signal: stop.signal }), 4, stop);
      FailingConnection.failing = 'after_commit';
      await expect(append(log, 2)).rejects.toMatchObject({ code: 'outcome_unknown' });
      FailingConnection.failing = 'no';
      expect(await append(log, 2)).toMatchObject({ outcome: 'already', events: [{ seq: 2 }] });
      await append(log, 3);
      expect((await seen).map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    });

    it('says that the outcome is unknown also when it cannot roll back', async () => {
      const log = await failing();
      FailingConnection.failing = 'after_commit';
      FailingConnection.rollsBack = false;
      await expect(append(log, 2)).rejects.toMatchObject({
        code: 'outcome_unknown',
        message: expect.stringContaining('rolling back: disk I/O error'),
      });
      FailingConnection.failing = 'no';
      FailingConnection.rollsBack = true;
      expect(await append(log, 2)).toMatchObject({ outcome: 'already', events: [{ seq: 2 }] });
    });

    it('acknowledges an erasure and its neighbour when the WAL cannot be emptied yet', async () => {
      const log = await failing();
      await append(log, 2, { narrative: 'a name that must go' });
      const { events } = await log.source(testStream(2));
      const { digest = '', disclosure = '' } = events[0]?.disclosed['narrative'] ?? {};
      const data = { event: testId(2), digests: [digest], reason: 'a name' };
      const type = 'disclosure.erased.v1';
      const erasure = testEvent({ stream: 2, revision: 1, id: 90, type, data });
      FailingConnection.failing = 'at_checkpoint';
      const both = [log.append(testStream(2), 0, [erasure]), append(log, 3)];
      expect(await Promise.all(both)).toMatchObject([
        { outcome: 'appended', events: [{ seq: 3 }] },
        { outcome: 'appended', events: [{ seq: 4 }] },
      ]);
      const there = () =>
        readdirSync(folder).filter((file) =>
          readFileSync(join(folder, file)).toString('latin1').includes(disclosure),
        );
      expect(there()).toEqual(['log.sqlite-wal']);
      FailingConnection.failing = 'no';
      await append(log, 4);
      expect(there()).toEqual([]);
    });

    it('says unavailable when nothing can have been written', async () => {
      const log = await failing();
      FailingConnection.failing = 'at_begin';
      await expect(append(log, 2)).rejects.toMatchObject({ code: 'store_unavailable' });
      FailingConnection.failing = 'no';
      expect(await append(log, 2)).toMatchObject({ outcome: 'appended' });
    });

    it('stays readable while it cannot be written, and recovers without a restart', async () => {
      const log = await failing();
      FailingConnection.failing = 'before_commit';
      FailingConnection.broken = true;
      await expect(append(log, 2)).rejects.toMatchObject({ code: 'outcome_unknown' });
      expect(log.condition()).toMatchObject({ store: 'away', waiting: 0 });
      await expect(append(log, 2)).rejects.toMatchObject({ code: 'store_unavailable' });
      expect((await log.page(-1, 10)).events).toHaveLength(2);
      FailingConnection.failing = 'no';
      FailingConnection.broken = false;
      expect(await append(log, 2)).toMatchObject({ outcome: 'appended', events: [{ seq: 2 }] });
      expect(log.condition().store).toBe('here');
    });
  });

  describe('under load', () => {
    it('refuses what its queue cannot hold and writes the rest', async () => {
      const log = await open({ mostWaiting: 100 });
      const answers = await Promise.allSettled(
        Array.from({ length: 150 }, (_, n) => append(log, n + 1)),
      );
      const refused = answers.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(50);
      expect(refused[0]).toMatchObject({ reason: { code: 'overloaded' } });
      expect(log.head().seq).toBe(100);
    });

    it('serves a follower who was too slow from the disk, says so, and catches up', async () => {
      const log = await open();
      const kinds: string[] = [];
      const seen: number[] = [];
      const take = (each: Followed) => {
        if (kinds.at(-1) !== each.kind) kinds.push(each.kind);
        if (each.kind === 'batch') seen.push(...each.events.map(({ seq }) => seq));
      };
      const stop = new AbortController();
      const followed = log.follow(-1, { signal: stop.signal })[Symbol.asyncIterator]();
      while (kinds.at(-1) !== 'live') take((await followed.next()).value as Followed);
      for (let n = 1; n <= 1_100; n += 100) {
        await Promise.all(Array.from({ length: 100 }, (_, at) => append(log, n + at)));
      }
      while (seen.length < 1_101 || kinds.at(-1) !== 'live') {
        take((await followed.next()).value as Followed);
      }
      stop.abort();
      expect(kinds).toEqual(['batch', 'live', 'behind', 'batch', 'live']);
      expect(seen).toEqual([...Array(1_101).keys()]);
    });

    it('writes what waits before it closes, and refuses afterwards', async () => {
      const log = await open();
      const waiting = append(log, 1);
      await log.close();
      expect(await waiting).toMatchObject({ outcome: 'appended' });
      await expect(append(log, 2)).rejects.toMatchObject({ code: 'store_unavailable' });
      await expect(log.page(-1, 1)).rejects.toMatchObject({ code: 'store_unavailable' });
    });

    it('tells its followers when it is closed', async () => {
      const log = await open();
      const following = (async () => {
        for await (const _ of log.follow(-1)) continue;
      })();
      await new Promise((resolve) => setTimeout(resolve, 10));
      await log.close();
      await expect(following).rejects.toMatchObject({ code: 'store_unavailable' });
    });
  });
});
