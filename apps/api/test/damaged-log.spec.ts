import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import type { LogEntryPage, LogEntryDetail } from '@ceasewatch/api/contract/log';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { LiveClient } from './testing/live-client.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/** R14: a node over a damaged log starts, serves what can be read, says so, and writes nothing. */
let sound: NodeUnderTest;
let node: NodeUnderTest;
let said: string[];
/** Number of the last event while everything was sound. */
let last: number;
beforeAll(async () => {
  sound = await NodeUnderTest.started({ embedded: true });
  for (let n = 0; n < 40; n += 1) await sound.post('/api/observations', report());
  last = sound.running.parts.eventLog.head().seq;
  await sound.stop();
});
afterAll(() => sound.end());
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-damaged-'));
  cpSync(sound.folder, folder, { recursive: true });
  node = new NodeUnderTest({ folder, embedded: true });
  said = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await node.end();
});

const file = () => join(node.folder, 'log.sqlite');
/** One bit of a letter in one leaf, behind the log's back. */
const flipIn = (seq: number) => {
  const db = new DatabaseSync(file());
  db.exec('DROP TRIGGER events_are_never_altered');
  db.exec(`UPDATE events SET leaf = replace(leaf, 'heard', 'ieard') WHERE seq = ${seq}`);
  db.close();
};
const forgetRows = () => {
  for (const name of readdirSync(node.folder)) {
    if (name.startsWith('read-model-')) rmSync(join(node.folder, name));
  }
};
const submit = () => node.post<Problem>('/api/observations', report());

describe('a node whose log is damaged', () => {
  test.each([
    ['in the middle', () => last - 20],
    ['at the end', () => last],
  ])('%s serves everything from its rows and refuses to record', async (_, place) => {
    const seq = place();
    flipIn(seq);
    const size = statSync(file()).size;
    await node.start();
    expect(said).toEqual([expect.stringMatching(`^THE LOG IS DAMAGED from event ${seq} on .*\n$`)]);
    expect((await node.get('/health/ready')).body).toMatchObject({
      status: 'ready',
      store: 'damaged',
      damagedFrom: seq,
      projected: last,
    });
    const refused = await submit();
    expect([refused.status, refused.body.code]).toEqual([503, 'log_damaged']);
    expect(refused.headers.get('retry-after')).toBe('300');
    // The rows were built while it was sound.
    const list = await node.get<{ matching: number }>('/api/observations');
    expect([list.status, list.body.matching]).toEqual([200, 40]);
    expect((await node.get('/api/situation')).status).toBe(200);
    const log = await node.get<LogEntryPage>('/api/events');
    expect(log.body).toMatchObject({ asOf: seq - 1, damagedFrom: seq });
    expect(log.body.items[0]?.seq).toBe(seq - 1);
    const event = await node.get<Problem>(`/api/events/${seq}`);
    expect([event.status, event.body.code]).toEqual([503, 'log_damaged']);
    await node.stop();
    expect(statSync(file()).size).toBe(size);
  });

  test('builds its rows as far as the log can be trusted', async () => {
    flipIn(last - 20);
    forgetRows();
    await node.start();
    const list = await node.get<{ matching: number }>('/api/observations');
    expect(list.body.matching).toBe(19);
    expect((await node.get('/health/ready')).body).toMatchObject({
      store: 'damaged',
      projected: last - 21,
    });
    expect((await submit()).body.code).toBe('log_damaged');
  });

  test('tells every dashboard so with its heartbeat', async () => {
    flipIn(last);
    await node.start();
    const client = await LiveClient.open(node.url);
    await until(() => client.heartbeats.length > 0);
    expect(client.heartbeats[0]).toMatchObject({ store: 'damaged', damagedFrom: last });
    expect(await client.join(last)).toMatchObject({ answer: 'live', head: last });
    await client.close();
  });

  test('reads a file that was cut off up to the cut', async () => {
    truncateSync(file(), Math.floor(statSync(file()).size * 0.9));
    await node.start();
    expect(said[0]).toMatch(/^THE LOG IS DAMAGED from event \d+ on /);
    expect((await node.get<{ matching: number }>('/api/observations')).body.matching).toBe(40);
    expect((await submit()).status).toBe(503);
  });

  test('takes no shorter log for the whole', async () => {
    const db = new DatabaseSync(file());
    db.exec('DROP TRIGGER events_are_never_removed');
    db.exec(`DELETE FROM events WHERE seq > ${last - 3}`);
    db.close();
    await node.start();
    expect(said[0]).toContain(`from event ${last - 2} on (event ${last - 2} of the log is damaged`);
    expect((await submit()).body.code).toBe('log_damaged');
    expect((await node.get<{ matching: number }>('/api/observations')).body.matching).toBe(40);
  });

  test('does not begin another one where it is gone', async () => {
    for (const name of ['log.sqlite', 'log.sqlite-wal', 'log.sqlite-shm']) {
      rmSync(join(node.folder, name), { force: true });
    }
    await expect(node.start()).rejects.toMatchObject({ code: 'log_corrupt' });
    expect(existsSync(file())).toBe(false);
  });

  test('that is met while it runs stops recording, and the rest goes on', async () => {
    await node.start();
    flipIn(last - 20);
    const met = await node.get<Problem>(`/api/events/${last - 20}`);
    expect([met.status, met.body.code]).toEqual([503, 'log_damaged']);
    expect(said.filter((line) => line.startsWith('THE LOG IS DAMAGED'))).toHaveLength(1);
    expect((await submit()).body.code).toBe('log_damaged');
    const sound = await node.get<LogEntryDetail>(`/api/events/${last - 21}`);
    expect(sound.body.seq).toBe(last - 21);
    expect((await node.get<LogEntryPage>('/api/events')).body.asOf).toBe(last - 21);
    expect((await node.get('/api/observations')).status).toBe(200);
  });
});
