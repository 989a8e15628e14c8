// The fault suite in short: that each test sees what it is there to see. Full counts: `npm run test:faults`.
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { WriterConnection } from './apps/api/src/event-log/sqlite-connection.ts';
import { startNode } from './apps/api/src/node.ts';
import { fuzz } from './faults/bad-input/fuzz.ts';
import { otherContent } from './faults/bad-input/other-content.ts';
import { added } from './faults/fault-promise.ts';
import { rudeConnections } from './faults/bad-input/rude-connections.ts';
import { flippedBits } from './faults/flipped-bits/flipped-bits.ts';
import { anyInstant } from './faults/model/any-instant.ts';
import { copyAsKilled } from './faults/model/as-killed.ts';
import { clockJumps } from './faults/model/clock-jumps.ts';
import { GOLDEN_LOGS, replayed } from './faults/golden-logs/golden-logs.ts';
import { InProcess, type MortalNode } from './faults/model/in-process.ts';
import { modelRuns } from './faults/model/model-runs.ts';
import { type RealNode, realNode } from './faults/model/real-process.ts';
import { cutRequests } from './faults/promises/cut-requests.ts';
import { powerCuts } from './faults/power-cut/power-cut.ts';
import { promise as powerCut } from './faults/promises/power-cut.ts';
import { promise as kill } from './faults/promises/kill.ts';
import { appliedTwice } from './faults/promises/applied-twice.ts';
import { disturbed } from './faults/promises/live-order.ts';
import { rebuilt } from './faults/promises/rebuilt-rows.ts';
import { resumes } from './faults/promises/resume.ts';
import { builtRows, differenceOf, logIn } from './faults/rows/built-rows.ts';
import { promiseTable, shortPromises } from './faults/promise-table.ts';
import { KeptRecord } from './faults/record.ts';
import { type Sample, saidVerdicts, soakVerdicts } from './faults/soak-verdicts.ts';
import { whyNoTrace } from './faults/power-cut/trace.ts';

const why = whyNoTrace();
if (why !== undefined) process.stdout.write(`SKIPPED, because ${why}: a power that is cut\n`);

(why === undefined ? describe : describe.skip)('a power that is cut', () => {
  it('takes nothing that was acknowledged, and nothing was acknowledged before it was synced', async () => {
    const found = await powerCuts({ cuts: 40, seed: 'short', events: 300 });
    expect(found).toMatchObject({ cuts: 40, unreadable: 0, broken: 0, promises: 300, early: 0 });
    expect(found.checkpoints).toBeGreaterThan(1);
  });

  it('takes what was acknowledged without a sync, or this test would see nothing', async () => {
    const found = await powerCuts({ cuts: 10, seed: 'short', events: 80, withoutSyncs: true });
    expect(found.broken).toBeGreaterThan(5);
    expect(found.early).toBe(80);
  });
});

describe('whatever happens to a node', () => {
  let nodes: InProcess;
  beforeAll(() => {
    nodes = new InProcess({ startNode, WriterConnection });
  });
  afterAll(() => nodes.remove());
  const lives = { times: 2, mostCommands: 80, shortest: false };

  it('leaves log, rows and live feed as it was acknowledged', async () => {
    const found = await modelRuns({ ...lives, seed: 'short', node: () => nodes.fresh() });
    expect(found).toMatchObject({ times: 2, broken: 0 });
    expect(found.witness?.['acknowledged']).toBeGreaterThan(8);
  });

  it('is seen where a kill takes what was acknowledged', async () => {
    const forgetful = async () => {
      const node = await nodes.fresh();
      const kill = async () => {
        await node.kill();
        for (const name of readdirSync(node.folder)) {
          if (name.startsWith('log.sqlite-') || name.startsWith('read-model'))
            rmSync(join(node.folder, name));
        }
      };
      return Object.create(node, { kill: { value: kill } });
    };
    const found = await modelRuns({ ...lives, seed: 'short', node: forgetful });
    expect(found).toMatchObject({ broken: 1, first: expect.stringMatching(/lost|rows/) });
  });
});

// Rows are compared with the log only by a verification: until a node does so by itself R14 tells of them.
it('one flipped bit of the log is harmless or is told', async () => {
  const nodes = new InProcess({ startNode, WriterConnection });
  const found = await flippedBits(nodes, 6, 'short', (file) => !file.startsWith('read-model'));
  await nodes.remove();
  expect(found.first).toBeUndefined();
  expect(found).toMatchObject({ times: 6, broken: 0 });
  expect(Object.keys(found.witness ?? {}).toSorted()).toEqual(['damage told', 'harmless']);
});

describe('what a kill leaves', () => {
  let base: string;
  let busy: Worker | undefined;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'ceasewatch-as-killed-'));
  });
  afterEach(async () => {
    await busy?.terminate();
    rmSync(base, { recursive: true });
  });

  it('is copied whole, though a thread carries over the WAL and removes files meanwhile', async () => {
    const folder = join(base, 'folder');
    mkdirSync(folder);
    const db = new DatabaseSync(join(folder, 'log.sqlite'), { timeout: 10_000 });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE event (bytes)');
    busy = new Worker(BUSY_THREAD, { eval: true, workerData: folder });
    await once(busy, 'message');
    for (let n = 1; n <= 60; n += 1) {
      db.exec("INSERT INTO event SELECT randomblob(4000) FROM json_each('[1,2,3,4,5,6,7,8]')");
      const copy = join(base, `${n}`);
      copyAsKilled(folder, copy);
      const left = new DatabaseSync(join(copy, 'log.sqlite'));
      const { events } = left.prepare('SELECT count(*) AS events FROM event').get() ?? {};
      const { integrity_check: check } = left.prepare('PRAGMA integrity_check').get() ?? {};
      left.close();
      expect([n, events, check]).toEqual([n, 8 * n, 'ok']);
    }
    db.close();
  });
});

/** Does what the product's threads do, and nothing else. */
const BUSY_THREAD = `
  const { DatabaseSync } = require('node:sqlite');
  const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
  const { parentPort, workerData: folder } = require('node:worker_threads');
  const SQLITE_BUSY = 5;
  const db = new DatabaseSync(folder + '/log.sqlite', { timeout: 0 });
  const step = () => {
    mkdirSync(folder + '/scratch');
    writeFileSync(folder + '/scratch/rows', 'rows');
    try {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // The writer is at it: it is carried over the next time.
      if ((error.errcode & 255) !== SQLITE_BUSY) throw error;
    }
    rmSync(folder + '/scratch', { recursive: true });
    setTimeout(step, 2);
  };
  step();
  parentPort.postMessage('busy');
`;

describe('a node in this process', () => {
  let nodes: InProcess;
  let node: MortalNode;
  beforeAll(() => {
    nodes = new InProcess({ startNode, WriterConnection });
  });
  beforeEach(async () => {
    node = await nodes.fresh();
  });
  afterEach(() => node.end());
  afterAll(() => nodes.remove());

  it('answers 409 to a recorded id with anything changed, and the first answer to the same', async () => {
    await node.start();
    const found = await otherContent(node, 40, 'short');
    expect(found).toMatchObject({ times: 40, broken: 0 });
    expect(found.witness?.['said otherwise']).toBeGreaterThan(10);
    expect(found.witness?.['said the same']).toBeGreaterThan(0);
  });

  it('records a request that was cut off whole or not at all', async () => {
    await node.start();
    const { tested } = await cutRequests(node, 50, 'short');
    expect(tested).toMatchObject({ broken: 0, witness: { acknowledged: 50 } });
    expect(tested.witness?.['not recorded']).toBeGreaterThan(10);
  });

  it('tells whoever comes back exactly what was missed, or to begin anew', async () => {
    await node.start();
    const { tested } = await resumes(node, { times: 24, seed: 'short', reports: 40 });
    expect(tested).toMatchObject({ times: 24, broken: 0 });
    expect(Object.keys(tested.witness ?? {})).toEqual(
      expect.arrayContaining(['told to begin anew', 'cut off']),
    );
  });

  it('tells every dashboard every change once and in order, whatever is cut', async () => {
    await node.start();
    const { tested } = await disturbed(node, { times: 5, seed: 'short', dashboards: 6 });
    expect(tested).toMatchObject({ broken: 0 });
    expect(tested.witness?.['connections']).toBeGreaterThan(2 * 6);
  });

  it('has the rows that its log makes of itself, in batches of any size', async () => {
    const { tested } = await rebuilt(node, 6, 'short');
    expect(tested).toMatchObject({ times: 6, broken: 0 });
    const read = logIn(node.folder);
    const [one, other] = [builtRows(read, 7, 'live'), builtRows(read, 1_000, 'bulk')];
    expect(differenceOf(one, other)).toBeUndefined();
    other.exec('UPDATE event SET time = time + 1 WHERE seq = 9');
    expect(differenceOf(one, other)).toMatch(/^event has /);
  });

  it('keeps order and acceptance while its clock jumps, also across a restart', async () => {
    const { tested } = await clockJumps(node, 12, 'short');
    expect(tested).toMatchObject({ times: 12, broken: 0 });
    expect(tested.witness?.['recorded while the clock was behind']).toBeGreaterThan(2);
  });

  it('has lost nothing that it acknowledged, before whichever statement it dies', async () => {
    const { tested } = await anyInstant(node, { times: 12, seed: 'short' });
    expect(tested).toMatchObject({ times: 12, broken: 0 });
    expect(tested.witness?.['amid a start']).toBe(3);
    expect(tested.witness?.['acknowledged']).toBeGreaterThan(10);
  });

  it('loses nothing after a life that outlived the statement it was to die before', async () => {
    const { tested } = await anyInstant(node, { times: 4, seed: 'short', from: 600 });
    expect(tested).toMatchObject({ times: 4, broken: 0 });
    expect(tested.witness?.['after one order']).toBe(1);
  });

  it('changes nothing for events that come a second time', async () => {
    await node.start();
    const { tested } = await appliedTwice(node, { times: 12, seed: 'short', history: 80 });
    expect(tested).toMatchObject({ times: 12, broken: 0 });
    expect(tested.witness?.['whole logs']).toBeGreaterThan(0);
  });
});

describe('a node in its own process', () => {
  let node: RealNode;
  beforeAll(async () => {
    node = await realNode();
    await node.start();
  });
  afterAll(() => node.end());

  it('is not harmed by whoever connects and says anything at all', async () => {
    const { tested } = await rudeConnections(node, 100, 'short');
    expect(tested).toMatchObject({ times: 100, broken: 0 });
    expect(tested.witness?.['websockets']).toBeGreaterThan(50);
  });

  it('answers or refuses whatever is asked of it', async () => {
    const tested = await fuzz(node, 200, 'short');
    expect(tested).toMatchObject({ times: 200, broken: 0 });
    expect(tested.witness?.['refused']).toBeGreaterThan(50);
  });
});

it('every promise is put to the test in short by a spec that npm test runs', () => {
  const folder = join(import.meta.dirname, 'faults', 'promises');
  for (const name of readdirSync(folder)) {
    const [, short = ''] = /short: '([^']+)'/.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
    expect([name, existsSync(join(import.meta.dirname, short))]).toEqual([name, true]);
    expect([name, short]).toEqual([name, expect.stringMatching(/\.spec\.ts$/)]);
  }
});

describe('the logs of earlier releases', () => {
  it('mean to this one what they meant, and between them have every type of event', async () => {
    const types = new Set<string>();
    for (const golden of GOLDEN_LOGS) {
      const { why, types: own } = await replayed(golden);
      expect(why).toBeUndefined();
      for (const type of own) types.add(type);
    }
    expect(KNOWN_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });

  it('are seen where they mean something else', async () => {
    for (const golden of GOLDEN_LOGS) {
      const { why } = await replayed({ ...golden, readings: 'other' });
      expect(why).toMatch(/ has readings .+ and had other$/);
    }
  });
});

describe('a soak', () => {
  /** Two hours of a node that holds as much as `held` says, by the minute. */
  const two = (held: (minute: number) => Partial<Sample>) =>
    Array.from({ length: 120 }, (_, at): Sample => {
      const minute = at + 1;
      const flat = { heapMb: 55, residentMb: 250, walMb: 33, logMb: 100 + 1.7 * minute };
      return { minute, ...flat, handles: 250, lag: 0, p99DelayMs: 20, ...held(minute) };
    });
  const broken = (all: readonly Sample[], more: readonly (readonly [string, number])[] = []) =>
    soakVerdicts(all, { moreHandles: new Map(more) })
      .filter(({ kept }) => kept === false)
      .map(({ said }) => said.split(/[ :]/)[0]);

  it('of a node that is flat breaks nothing, whatever it held before it was warm', () => {
    const warm = two((minute) => ({ heapMb: minute < 30 ? 20 + minute : 55 }));
    expect(
      broken(warm, [
        ['eventpoll', 6],
        ['log.sqlite', 3],
      ]),
    ).toEqual([]);
  });

  it.each([
    ['heap', (minute: number) => ({ heapMb: 55 + minute / 3 })],
    ['resident', (minute: number) => ({ residentMb: 200 + minute })],
    ['WAL', (minute: number) => ({ walMb: minute })],
    ['files', (minute: number) => ({ logMb: (minute * minute) / 10 })],
  ])('of a node whose %s grow breaks that', (name, held) => {
    expect(broken(two(held))).toEqual([name]);
  });

  it('of a node that keeps connections of those who left breaks that', () => {
    expect(
      broken(
        two(() => ({})),
        [['socket', 9]],
      ),
    ).toEqual(['sockets']);
    expect(
      broken(
        two(() => ({})),
        [['eventfd', 90]],
      ),
    ).toEqual(['other']);
  });

  it('lets SQLite cache what its files have come to hold, and nothing beyond', () => {
    const filling = (most: number) =>
      two((minute) => ({ logMb: minute, residentMb: 50 + Math.min(minute, 84) * most }));
    expect(broken(filling(1))).toEqual([]);
    expect(broken(filling(3))).toEqual(['resident']);
  });

  it('that was too short does not judge memory, and says so', () => {
    const verdicts = soakVerdicts(two(() => ({})).slice(0, 40), { moreHandles: new Map() });
    expect(saidVerdicts(verdicts)).toMatch(/^- heap and resident flat .+: not judged$/m);
  });
});

describe('a promise that is tested in pieces', () => {
  it('has the sum of them and the first that broke', () => {
    const [slow, slower] = [{ 'slowest ms': 5 }, { 'slowest ms': 7 }];
    const one = { times: 2, broken: 1, first: 'here', witness: { acknowledged: 3 }, worst: slow };
    const witness = { acknowledged: 4, lost: 1 };
    const other = { times: 3, broken: 1, first: 'there', witness, worst: slower };
    expect(added(one, other)).toEqual({
      times: 5,
      broken: 2,
      first: 'here',
      witness: { acknowledged: 7, lost: 1 },
      worst: slower,
    });
  });

  it('stands in the table with how often it was tested and broken, or as not tested', () => {
    const seen = { witness: { acknowledged: 9_000 }, worst: { 'slowest ms': 412 } };
    const sources = { begun: '2026-11-22T12:00:00.000Z', commit: 'abc', machine: 'a machine' };
    const promises = { R1: { ...sources, times: 1_200, broken: 1, ...seen } };
    const record = { format: 'ceasewatch.faults.2', promises } as const;
    const table = promiseTable([kill, powerCut], record);
    expect(table).toContain(
      `| R1 | ${kill.says} | 1,200 of 5,000 kills | 1 | acknowledged 9,000, slowest ms 412 | \`abc\`, 2026-11-22 |`,
    );
    expect(table).toContain(`| R2 | ${powerCut.says} | not tested |  |  |  |`);
    const short = shortPromises([kill, powerCut], record);
    expect(short).toContain(`| ${kill.says} | 1,200 of 5,000 kills | 1 |`);
    expect(short).toContain(`| ${powerCut.says} | not tested |  |`);
  });

  it('goes on where the same sources were, and begins anew on others beside what stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'faults-record-'));
    const file = join(folder, 'record.json');
    try {
      new KeptRecord(file).add(kill, { times: 50, broken: 0 });
      const kept = JSON.parse(readFileSync(file, 'utf8'));
      const of = (commit: string) => ({ ...kept.promises.R1, commit });
      const promises = { R1: of('elsewhere'), R2: of('elsewhere') };
      writeFileSync(file, JSON.stringify({ ...kept, promises }));
      const later = new KeptRecord(file);
      expect(later.of(kill)).toEqual({ times: 0, broken: 0 });
      later.add(kill, { times: 20, broken: 0 });
      later.add(kill, { times: 20, broken: 1 });
      expect(later.of(kill)).toMatchObject({ times: 40, broken: 1 });
      expect(later.record.promises['R2']).toEqual(promises.R2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
