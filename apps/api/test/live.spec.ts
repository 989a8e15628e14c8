import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { LiveJoined } from '@ceasewatch/api/contract/live';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import { centreFileIn } from './testing/centre-file.ts';
import { LiveClient } from './testing/live-client.ts';
import { allChanges, LiveFollower } from './testing/live-follower.ts';
import { NodeProcess } from './testing/node-process.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, report, tenMinutesAgo } from './testing/reports.ts';
import { until } from './testing/until.ts';

/** The live feed of a whole node, by a client that knows docs/live-protocol.md and nothing else. */
jest.setTimeout(180_000);

let node: NodeUnderTest;
const clients: LiveClient[] = [];
beforeAll(async () => {
  node = await NodeUnderTest.started();
  for (let sent = 0; sent < 12; sent += 1) await submit();
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
afterAll(() => node.end());

async function submit(): Promise<number> {
  const { status, body } = await node.post<Receipt>('/api/observations', report());
  expect(status).toBe(201);
  return body.seq;
}

async function open(): Promise<LiveClient> {
  const client = await LiveClient.open(node.url);
  clients.push(client);
  return client;
}

const head = () => node.running.parts.eventLog.head();

/** What follows a first report is sent as one frame, at the latest after this. */
const GATHERED_MS = 100;

async function took(what: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await what();
  return performance.now() - began;
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
}

describe('a join', () => {
  test('at the head is live, and the next report is a frame that goes on from there', async () => {
    const client = await open();
    const at = head();
    expect(await client.join(at.seq, at.logId)).toEqual({
      answer: 'live',
      log: at.logId,
      head: at.seq,
    });
    const seq = await submit();
    await until(() => client.frames.length > 0);
    const [change] = await allChanges(node.url, seq - 1);
    expect(client.frames).toEqual([
      { log: at.logId, feed: 'shared', prev: seq - 1, seq, changes: [change] },
    ]);
    expect(change).toMatchObject({ type: 'observation.recorded.v1', before: null });
  });

  test('from every position is followed by exactly what was missed, once', async () => {
    const all = await allChanges(node.url);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index));
    const { seq: last, logId } = head();
    for (let after = -1; after <= last; after += 1) {
      const client = await open();
      expect(await client.join(after)).toEqual({ answer: 'live', log: logId, head: last });
      await until(() => (client.frames.at(-1)?.seq ?? after) === last);
      let position = after;
      for (const { prev, seq, changes } of client.frames) {
        expect([prev, changes.at(-1)?.seq]).toEqual([position, seq]);
        position = seq;
      }
      const told = client.frames.flatMap(({ changes }) => changes);
      expect(JSON.stringify(told)).toBe(JSON.stringify(all.slice(after + 1)));
      await client.close();
    }
  });

  test.each([
    ['beyond the head', () => ({ after: head().seq + 1, log: head().logId })],
    ['far beyond the head', () => ({ after: Number.MAX_SAFE_INTEGER, log: undefined })],
    ['of another log', () => ({ after: head().seq, log: commandId() })],
    ['of another log, at the beginning', () => ({ after: -1, log: commandId() })],
  ])('from a position %s is told to reload, and gets nothing', async (_, position) => {
    const client = await open();
    const joined: LiveJoined = { answer: 'reload', log: head().logId, head: head().seq };
    const { after, log } = position();
    expect(await client.join(after, log)).toEqual(joined);
    await submit();
    await pause(200);
    expect(client.frames).toEqual([]);
  });

  test('may be said again on the same connection', async () => {
    const client = await open();
    await client.join(head().seq);
    await client.join(head().seq - 2);
    const seq = await submit();
    await until(() => client.frames.at(-1)?.seq === seq);
    expect(client.frames.map((frame) => [frame.prev, frame.seq])).toEqual([
      [seq - 3, seq - 1],
      [seq - 1, seq],
    ]);
  });
});

describe('a report', () => {
  test('is on the screens about as soon as a timer that runs as long as frames are gathered', async () => {
    const client = await open();
    await client.join(head().seq);
    const delays: number[] = [];
    const timers: number[] = [];
    for (let sent = 0; sent < 20; sent += 1) {
      const seq = await submit();
      delays.push(await took(() => until(() => client.frames.at(-1)?.seq === seq)));
      // Beside each report, so that a busy machine is late with both.
      timers.push(await took(() => pause(GATHERED_MS)));
    }
    expect(median(delays)).toBeLessThan(3 * median(timers));
  });

  test('reaches everybody in the same order, whoever comes and goes meanwhile', async () => {
    const followers = Array.from(
      { length: 20 },
      (_, at) => new LiveFollower(at % 3 === 0 ? head().seq : -1),
    );
    const starts = followers.map(({ position }) => position);
    let submitting = true;
    const comeAndGo = followers.map(async (follower, at) => {
      for (let round = 0; submitting; round += 1) {
        await follower.connect(node.url);
        await pause(5 + ((at * 37 + round * 53) % 120));
        if ((at + round) % 2 === 0) await follower.leave();
      }
    });
    const submitters = Array.from({ length: 8 }, async () => {
      for (let sent = 0; sent < 12; sent += 1) await submit();
    });
    await Promise.all(submitters);
    submitting = false;
    await Promise.all(comeAndGo);
    await Promise.all(followers.map((follower) => follower.connect(node.url)));
    await until(() => followers.every(({ position }) => position === head().seq));
    for (const [at, follower] of followers.entries()) {
      const expected = await allChanges(node.url, starts[at]);
      expect(JSON.stringify(follower.applied)).toBe(JSON.stringify(expected));
      expect([follower.gaps, follower.reloads]).toEqual([0, 0]);
      await follower.leave();
    }
  });

  test('in a table of many reaches a client that keeps up with it, too', async () => {
    const follower = new LiveFollower(head().seq);
    const before = head().seq;
    await follower.connect(node.url);
    const rows = Array.from(
      { length: 400 },
      (_, row) => `2026-10-${10 + (row % 20)},46.${7000 + row},39.9,shelling`,
    );
    const answer = await fetch(`${node.url}/api/imports`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: ['date,longitude,latitude,type', ...rows, ''].join('\n'),
    });
    const lines = (await answer.text()).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      summary: { recorded: rows.length, refused: 0 },
    });
    await until(() => follower.position === head().seq);
    expect(JSON.stringify(follower.applied)).toBe(
      JSON.stringify(await allChanges(node.url, before)),
    );
    const seq = await submit();
    await until(() => follower.position === seq);
    expect(follower.framed).toBe(seq);
    await follower.leave();
  });
});

describe('a node that goes away', () => {
  test('lets its sockets go, and a client resumes on the next one without a gap', async () => {
    const other = await NodeUnderTest.started();
    const followers = Array.from({ length: 8 }, () => new LiveFollower(-1));
    await Promise.all(followers.map((follower) => follower.connect(other.url)));
    for (let sent = 0; sent < 5; sent += 1) await other.post('/api/observations', report());
    await until(() =>
      followers.every(({ position }) => position === other.running.parts.eventLog.head().seq),
    );
    const closed = followers.map(async ({ client }) => client?.closed);
    await other.stop();
    await Promise.all(closed);
    await other.start();
    for (let sent = 0; sent < 5; sent += 1) await other.post('/api/observations', report());
    await Promise.all(followers.map((follower) => follower.connect(other.url)));
    await until(() =>
      followers.every(({ position }) => position === other.running.parts.eventLog.head().seq),
    );
    const all = JSON.stringify(await allChanges(other.url));
    for (const { applied, gaps, reloads } of followers) {
      expect([JSON.stringify(applied), gaps, reloads]).toEqual([all, 0, 0]);
    }
    await Promise.all(followers.map((follower) => follower.leave()));
    await other.end();
  });
});

describe('a node that is killed with -9', () => {
  test('is found again by its clients without a gap, and without what it never acknowledged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-live-'));
    const args = ['--empty', '--data', folder, '--port', '0', '--centre', centreFileIn(folder)];
    const when = tenMinutesAgo();
    const followers = Array.from({ length: 6 }, () => new LiveFollower(-1));
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const killed = new NodeProcess(args);
      const address = await killed.ready();
      await Promise.all(followers.map((follower) => follower.connect(address)));
      const before = acknowledged.length;
      const submitting = Promise.allSettled(
        Array.from({ length: 4 }, async () => {
          for (;;) acknowledged.push(await seqOf(address, report({ when })));
        }),
      );
      await until(() => acknowledged.length >= before + 20);
      await killed.kill('SIGKILL');
      await submitting;
    }
    const last = new NodeProcess(args);
    const address = await last.ready();
    await Promise.all(followers.map((follower) => follower.connect(address)));
    const all = await allChanges(address);
    await until(() => followers.every(({ position }) => position === all.length - 1));
    for (const { applied, reloads } of followers) {
      expect([JSON.stringify(applied), reloads]).toEqual([JSON.stringify(all), 0]);
    }
    expect(acknowledged.every((seq) => all[seq]?.type === 'observation.recorded.v1')).toBe(true);
    await Promise.all(followers.map((follower) => follower.leave()));
    await last.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  });
});

async function seqOf(address: string, body: object): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${address}/api/observations`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const { seq }: Receipt = JSON.parse(await answer.text());
  return seq;
}
