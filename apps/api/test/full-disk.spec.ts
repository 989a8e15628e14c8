import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ownPort } from '../src/event-log/testing/own-port.ts';
import { SmallDisk } from '../src/event-log/testing/small-disk.ts';
import { RESERVE_FILE } from '../src/event-log/reserve.ts';
import { centreFileIn } from './testing/centre-file.ts';
import { LiveFollower } from './testing/live-follower.ts';
import { NodeProcess } from './testing/node-process.ts';
import { report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/**
 * A node that is started while its disk is already full: whoever reads is served, whoever reports is told
 * why not, and once there is room it records without being started again.
 */
const READ = [
  '/api/situation',
  '/api/observations',
  '/api/observations?asOf=1',
  '/api/centre',
  '/api/events',
  '/api/events/0',
  '/api/log',
  '/api/changes?after=-1',
];
/** What is written down before the first byte. */
const EXPORTS = ['/api/log.ndjson', '/api/observations.csv'];

const suite = SmallDisk.isPossible() ? describe : describe.skip;

suite('a node on a disk that is full before it starts', () => {
  let base = '';
  let disk: SmallDisk | undefined;
  let node: NodeProcess | undefined;
  let address = '';
  let metrics = '';
  let data = '';

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'ceasewatch-full-'));
    disk = SmallDisk.of('16m');
    data = join(disk?.folder ?? '', 'data');
  });
  afterEach(async () => {
    await node?.kill('SIGKILL');
    disk?.remove();
    rmSync(base, { recursive: true });
  });

  const start = async (): Promise<void> => {
    const port = await ownPort();
    metrics = `http://127.0.0.1:${port}`;
    const flags = ['--empty', '--centre', centreFileIn(base), '--metrics-port', `${port}`];
    node = new NodeProcess([...flags, '--data', data, '--port', '0']);
    address = await node.ready();
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await node?.kill(signal);
    node = undefined;
  };
  const submit = async (body = report()) => {
    const headers = { 'Content-Type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${address}/api/observations`, sent);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const ready = async () => {
    const response = await fetch(`${address}/health/ready`);
    return { ...Object(await response.json()), answered: response.status };
  };
  const reserved = (): number => statSync(join(data, RESERVE_FILE)).size;

  /** @param exported as which exports are answered: they need room for who it was */
  const readsAndSaysWhy = async (
    known: ReturnType<typeof report>,
    exported: 200 | 507,
  ): Promise<void> => {
    expect(await ready()).toMatchObject({ answered: 200, store: 'full', readModel: 'live' });
    for (const path of READ) {
      const { status } = await fetch(`${address}${path}`);
      expect([path, status]).toEqual([path, 200]);
    }
    for (const path of EXPORTS) {
      const { status } = await fetch(`${address}${path}`);
      expect([path, status]).toEqual([path, exported]);
    }
    const refused = await submit();
    expect(refused).toMatchObject({ status: 507, body: { code: 'storage_full' } });
    expect(refused.headers.get('retry-after')).toBe('30');
    // What was recorded before is answered without room.
    expect((await submit(known)).status).toBe(200);
    const follower = new LiveFollower();
    await follower.connect(address);
    const { head } = await ready();
    await until(() => follower.position === head);
    await follower.leave();
    const told = await (await fetch(`${metrics}/metrics`)).text();
    expect(told).toMatch(/^ceasewatch_\w*store\w*\{.*full.*\} 1$/m);
  };

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'serves whoever reads after %s, and records once there is room',
    async (signal) => {
      await start();
      const known = report();
      expect((await submit(known)).status).toBe(201);
      const whole = reserved();
      await end(signal);
      disk?.fill();
      await start();
      expect(existsSync(join(data, RESERVE_FILE))).toBe(false);
      await readsAndSaysWhy(known, 200);
      // Also when something else takes what the start left, and again after it was stopped so.
      disk?.fill();
      await end(signal);
      await start();
      await readsAndSaysWhy(known, 507);
      disk?.free();
      expect((await submit()).status).toBe(201);
      expect(await ready()).toMatchObject({ store: 'here' });
      expect(reserved()).toBe(whole);
    },
    120_000,
  );

  test('builds the rows of a short log anew in the room that is held for it', async () => {
    await start();
    const known = report();
    await submit(known);
    await end('SIGTERM');
    for (const name of readdirSync(data)) {
      if (name.startsWith('read-model-')) rmSync(join(data, name));
    }
    disk?.fill();
    await start();
    await readsAndSaysWhy(known, 200);
  }, 120_000);

  test('does not begin a log for which there is no room, and says so in one line', async () => {
    disk?.fill();
    await expect(start()).rejects.toThrow(/^the node did not start: cannot write to .*\n$/);
    disk?.free();
    await start();
    expect((await submit()).status).toBe(201);
  }, 120_000);
});
