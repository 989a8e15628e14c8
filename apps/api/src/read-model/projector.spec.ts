import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { testEvent } from '../event-log/testing/events.ts';
import type { SqliteEventLog } from '../event-log/sqlite-event-log.ts';
import { PROJECTIONS } from '../projections.ts';
import type { Projection } from './projection.ts';
import { buildingFileOf, fileOf } from './read-model-file.ts';
import {
  appendAll,
  caughtUp,
  eventsOf,
  folderWithLog,
  manyReports,
  projectorOver,
} from './testing/histories.ts';

const HISTORY =
  fc
    .sample(changes, { numRuns: 80, seed: 3 })
    .toSorted((one, other) => other.length - one.length)[0] ?? [];

describe('the projector', () => {
  let folder: string;
  let log: SqliteEventLog;
  let clear: () => Promise<void>;
  const running: { stop: () => Promise<void> }[] = [];

  beforeEach(async () => ({ folder, log, clear } = await folderWithLog()));
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.stop()));
    await clear();
  });

  function start(projections?: readonly Projection[], onFailure?: (failure: unknown) => void) {
    const parts = projectorOver(log, folder, projections, onFailure);
    running.push(parts);
    return parts;
  }

  test('tells every change once, in order and without a gap, equal byte for byte to what is pulled later', async () => {
    const { projector } = start();
    await caughtUp(projector);
    const pushed: Change[] = [];
    let position = projector.projected;
    projector.onAdvance(({ prev, seq, changes: told }) => {
      expect(prev).toBe(position);
      expect(told.map((each) => each.seq)).toEqual(
        Array.from({ length: seq - prev }, (_, at) => prev + 1 + at),
      );
      expect(projector.projected).toBe(seq);
      position = seq;
      pushed.push(...told);
    });
    const first = projector.projected;
    for (const event of eventsOf(HISTORY, log.head().logId)) await appendAll(log, [event]);
    await projector.whenProjected(log.head().seq);
    expect(pushed.length).toBe(HISTORY.length);
    const pulled: Change[] = [];
    for (let after = first; after < log.head().seq;) {
      const page = projector.changes(after, 7);
      pulled.push(...page.changes);
      after = page.seq;
    }
    expect(JSON.stringify(pulled)).toBe(JSON.stringify(pushed));
  });

  test('goes on after a restart where it stopped', async () => {
    const events = eventsOf(HISTORY, log.head().logId);
    const first = start();
    await appendAll(log, events.slice(0, 10));
    await caughtUp(first.projector);
    await first.stop();
    await appendAll(log, events.slice(10));
    const { projector } = start();
    const told: number[] = [];
    projector.onAdvance(({ changes: each }) => told.push(...each.map(({ seq }) => seq)));
    await caughtUp(projector);
    expect(told[0]).toBe(11);
    expect(projector.projected).toBe(log.head().seq);
  });

  test('builds the same rows in a worker when the log is long and there is no file', async () => {
    const live = start();
    // The long way round: the file is made while the log is short, so events are applied live.
    await caughtUp(live.projector);
    await appendAll(log, longHistory());
    await live.projector.whenProjected(log.head().seq);
    expect(live.projector.progress.projected).toBe(log.head().seq);
    await live.stop();
    const built = dumpOf(folder);
    for (const name of readdirSync(folder))
      if (name.startsWith('read-model')) writeFileSync(join(folder, name), 'x');
    const { projector } = start();
    await projector.start();
    expect(['rebuilding', 'behind']).toContain(projector.state);
    await projector.whenProjected(log.head().seq);
    expect(dumpOf(folder)).toEqual(built);
  }, 120_000);

  test('builds itself anew where it lacks the larger part of a long log', async () => {
    const events = longHistory();
    const first = start();
    await caughtUp(first.projector);
    await appendAll(log, events.slice(0, 10));
    await first.projector.whenProjected(log.head().seq);
    await first.stop();
    await appendAll(log, events.slice(10));
    const { projector } = start();
    const told: number[] = [];
    projector.onSwap((seq) => told.push(seq));
    await caughtUp(projector);
    expect(told).toEqual([log.head().seq]);
  }, 120_000);

  test('builds itself anew when the file is of another log, ahead of the log, or damaged', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const spoil: readonly ((file: string) => void)[] = [
      (file) => change(file, `UPDATE position SET log = 'another'`),
      (file) => change(file, 'UPDATE position SET seq = seq + 1000'),
      (file) => change(file, 'DROP TABLE position'),
      (file) => writeFileSync(file, readFileSync(file).fill(0, 0, 100)),
      (file) => writeFileSync(file, 'no database at all'),
    ];
    for (const damage of spoil) {
      const first = start();
      await caughtUp(first.projector);
      await first.stop();
      const whole = dumpOf(folder);
      damage(fileOf(folder, PROJECTIONS));
      const { projector, stop } = start();
      await caughtUp(projector);
      await stop();
      expect(dumpOf(folder)).toEqual(whole);
    }
  });

  test('removes the files of programs that wrote other rows', async () => {
    const old = fileOf(
      folder,
      PROJECTIONS.map((each) => ({ ...each, version: 99 })),
    );
    writeFileSync(old, 'of an older program');
    await caughtUp(start().projector);
    expect(existsSync(old)).toBe(false);
    expect(existsSync(fileOf(folder, PROJECTIONS))).toBe(true);
  });

  test('stops loudly at an event that a projection cannot apply, and skips nothing', async () => {
    const [event] = eventsOf(HISTORY, log.head().logId);
    const { projector } = start([failsAt(2)]);
    await caughtUp(projector);
    await appendAll(log, [testEvent({ stream: 1 })]);
    await projector.whenProjected(1);
    const waiting = projector.whenProjected(2);
    await appendAll(log, event === undefined ? [] : [event]);
    await expect(waiting).rejects.toMatchObject({ code: 'projection_failed' });
    expect(projector).toMatchObject({ state: 'failed', projected: 1 });
    expect(String(projector.failure)).toContain('cannot apply 2');
    await expect(projector.whenProjected(2)).rejects.toMatchObject({ code: 'projection_failed' });
  });

  test.each([
    ['is cut off', `'{"kind'`],
    ['says something else', `replace(content, '"means":["', '"means":["un')`],
  ])('builds itself anew when the content of a row %s', async (_, content) => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const { projector, readModel } = start();
    await caughtUp(projector);
    const whole = JSON.stringify(projector.changes(-1, 500));
    const head = projector.projected;
    const swapped = new Promise<void>((resolve) => projector.onSwap(() => resolve()));
    readModel.read((db) => db.exec(`UPDATE observation_content SET content = ${content}`));
    expect(() => projector.changes(-1, 500)).toThrow(
      expect.objectContaining({ code: 'rebuilding' }),
    );
    await swapped;
    await projector.whenProjected(head);
    expect(JSON.stringify(projector.changes(-1, 500))).toBe(whole);
  });

  test('waits while the disk is full, reads on, and catches up without a restart', async () => {
    const { projector, readModel } = start();
    await caughtUp(projector);
    while (projector.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
    const pages = (most: number) =>
      readModel.read((db) => db.exec(`PRAGMA max_page_count = ${most}`));
    pages(1);
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const head = log.head().seq;
    while (projector.failure === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(projector.state).toBe('behind');
    expect(projector.changes(-1, 1).changes.length).toBe(1);
    pages(1_000_000);
    await projector.whenProjected(head);
    while (projector.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(projector.failure).toBeUndefined();
  });

  test('that cannot build waits for the disk, says so once, and builds when it is there', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const said: unknown[] = [];
    const { projector } = start(PROJECTIONS, (failure) => said.push(failure));
    const file = fileOf(folder, PROJECTIONS);
    mkdirSync(file);
    await projector.start();
    while (said.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // Long enough for another try, of which nobody is told.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(projector).toMatchObject({ state: 'rebuilding', projected: -1 });
    expect(String(projector.failure)).toContain('unable to open database file');
    expect(said).toEqual([projector.failure]);
    rmdirSync(file);
    await projector.whenProjected(log.head().seq);
    expect(projector.failure).toBeUndefined();
  });

  test('goes on when a listener throws, tells the others, and says so', async () => {
    const said: unknown[] = [];
    const { projector } = start(PROJECTIONS, (failure) => said.push(failure));
    await caughtUp(projector);
    const told: number[] = [];
    projector.onAdvance(() => {
      throw new Error('a listener that cannot');
    });
    projector.onAdvance(({ seq }) => told.push(seq));
    for (const event of eventsOf(HISTORY, log.head().logId).slice(0, 3)) {
      await appendAll(log, [event]);
      await projector.whenProjected(log.head().seq);
    }
    expect(told.at(-1)).toBe(log.head().seq);
    expect(projector.state).not.toBe('failed');
    expect(String(projector.failure)).toContain('a listener that cannot');
    expect(said).toHaveLength(1);
  });

  test('has projected nothing while another file is being built', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const { projector, readModel } = start();
    await caughtUp(projector);
    projector.rebuild();
    expect(projector).toMatchObject({ state: 'rebuilding', projected: -1 });
    expect(() => readModel.read(() => 1)).toThrow(expect.objectContaining({ code: 'rebuilding' }));
    await projector.whenProjected(log.head().seq);
  });

  test('stops without waiting for a rebuild that has just been asked for', async () => {
    await appendAll(log, longHistory());
    const { projector, stop } = start();
    await caughtUp(projector);
    projector.rebuild();
    await stop();
    expect(existsSync(fileOf(folder, PROJECTIONS))).toBe(false);
    expect(existsSync(buildingFileOf(fileOf(folder, PROJECTIONS)))).toBe(false);
  });

  test('reads widely again after a thread could not open the file', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const { projector, readModel } = start();
    await caughtUp(projector);
    const file = fileOf(folder, PROJECTIONS);
    const count = () => readModel.wide('SELECT count(*) AS n FROM event', []);
    renameSync(file, `${file}.away`);
    await expect(count()).rejects.toThrow('unable to open database file');
    renameSync(`${file}.away`, file);
    expect(await count()).toEqual([{ n: log.head().seq + 1 }]);
  });

  test('recovers by itself when the file is damaged while it is in use', async () => {
    await appendAll(log, eventsOf(HISTORY, log.head().logId));
    const { projector, readModel } = start();
    await caughtUp(projector);
    const head = log.head().seq;
    expect(() =>
      readModel.read(() => {
        throw Object.assign(new Error('database disk image is malformed'), { errcode: 11 });
      }),
    ).toThrow(expect.objectContaining({ code: 'rebuilding' }));
    await new Promise<void>((resolve) => projector.onSwap(() => resolve()));
    await projector.whenProjected(head);
    expect(
      readModel.read((db) => Number(db.prepare('SELECT count(*) AS n FROM event').get()?.['n'])),
    ).toBe(head + 1);
  });

  const longHistory = () => manyReports(HISTORY, 2_500);
});

function failsAt(seq: number): Projection {
  return {
    name: 'fails',
    version: 1,
    tables: '',
    indexes: '',
    open: () => ({
      apply: (event) => {
        if (event.seq === seq) throw new Error(`cannot apply ${seq}`);
        return undefined;
      },
    }),
  };
}

function change(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

/** Every row of every table, the word index apart. */
function dumpOf(folder: string): unknown {
  const db = new DatabaseSync(fileOf(folder, PROJECTIONS), { readOnly: true });
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'observation_text%' ORDER BY name`,
    )
    .all()
    .map((row) => String(row['name']));
  const dump = tables.map((table) =>
    JSON.stringify(db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()),
  );
  db.close();
  return dump;
}
