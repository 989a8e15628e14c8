import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ownPort } from '../src/event-log/testing/own-port.ts';
import { Traffic } from '../src/http/traffic.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';
import { until } from './testing/until.ts';

let node: NodeUnderTest;
let aside: string;
beforeAll(async () => {
  const port = await ownPort();
  node = await NodeUnderTest.started({ metrics: { port, host: '127.0.0.1' } });
  aside = `http://127.0.0.1:${port}`;
});
afterAll(() => node.end());

describe('the health of a node', () => {
  test('is told in short on the main port', async () => {
    expect((await node.get('/health/live')).body).toEqual({ status: 'live' });
    const { status, headers, body } = await node.get('/health/ready');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ status: 'ready', store: 'here', readModel: 'live' });
    expect(body['projected']).toBe(body['head']);
  });

  test('is told at length on the second listener only', async () => {
    await node.post('/api/observations', report());
    await node.post('/api/observations', { ...report(), kind: 'unheard of' });
    const detail = await (await fetch(`${aside}/health/detail`)).json();
    expect(detail).toMatchObject({
      lag: 0,
      exercise: false,
      sockets: { connected: 0 },
      store: {
        kind: node.running.parts.eventLog.traits.store,
        state: 'here',
        damage: null,
      },
      tableRows: 0,
      readModelFailure: null,
      alarms: [],
    });
    expect(detail).toMatchObject({ verified: null });
    const metrics = await (await fetch(`${aside}/metrics`)).text();
    expect(metrics).not.toContain('ceasewatch_verification_flaws');
    expect(metrics).toMatch(/^ceasewatch_events_appended_total \d+$/m);
    expect(metrics).toMatch(/^ceasewatch_projection_lag_events 0$/m);
    expect(metrics).toMatch(/^ceasewatch_store_state\{state="here"\} 1$/m);
    expect(metrics).toMatch(/^ceasewatch_store_state\{state="away"\} 0$/m);
    expect(metrics).toMatch(/^ceasewatch_queue_length\{queue="appends"\} 0$/m);
    expect(metrics).toMatch(/^ceasewatch_queue_limit\{queue="exports"\} 4$/m);
    expect(metrics).toMatch(/^ceasewatch_alarm\{alarm="store_full"\} 0$/m);
    expect(metrics).toMatch(/^ceasewatch_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/m);
    expect(metrics).toMatch(/^ceasewatch_import_rows_under_way 0$/m);
    expect(metrics.match(/^ceasewatch_submission_duration_seconds_count.*$/gm)).toEqual([
      'ceasewatch_submission_duration_seconds_count{route="/api/observations"} 1',
    ]);
    expect(metrics).toMatch(/^ceasewatch_http_requests_total\{method="POST",status="2xx"\} 1$/m);
    expect((await fetch(`${aside}/api/centre`)).status).toBe(404);
    for (const path of ['/metrics', '/health/detail']) {
      expect((await node.get(path)).status).not.toBe(200);
    }
  });
});

describe('a node that gets more than it can take', () => {
  test('tells how the last verification came out', async () => {
    const verified = async () =>
      Object(await (await fetch(`${aside}/health/detail`)).json()).verified;
    await node.post('/api/verifications', {});
    await until(async () => (await verified()) !== null);
    expect(await verified()).toMatchObject({ state: 'sound', flaws: 0, rowsDiffered: 0 });
    const metrics = await (await fetch(`${aside}/metrics`)).text();
    expect(metrics).toMatch(/^ceasewatch_verification_flaws 0$/m);
    expect(metrics).toMatch(/^ceasewatch_verification_failed 0$/m);
    expect(metrics).toMatch(/^ceasewatch_verification_rows_differed 0$/m);
    expect(metrics).toMatch(/^ceasewatch_verification_ended_seconds \d+/m);
    // What was found in a part of the log, or could not be, tells of no other part.
    const whole = await verified();
    const { body } = await node.post<{ readonly id: string }>('/api/verifications', { from: 3 });
    const part = async () => (await node.get(`/api/verifications/${body.id}`)).body['state'];
    await until(async () => (await part()) !== 'running');
    expect(await verified()).toEqual(whole);
  });

  test('refuses what it has no place for and says when to come back, and reads go on', async () => {
    const other = await NodeUnderTest.started();
    const { eventLog } = other.running.parts;
    const append = eventLog.append.bind(eventLog);
    let release: (value?: unknown) => void = () => undefined;
    const held = new Promise((resolve) => (release = resolve));
    const holding = jest.spyOn(eventLog, 'append').mockImplementation(async (...events) => {
      await held;
      return append(...events);
    });
    const { room } = other.running.parts.traffic;
    const answers: ReturnType<typeof other.post>[] = [];
    // In small crowds, which it has places for: as many as may be begun, and then those who wait.
    while (!room.isFull) {
      answers.push(...Array.from({ length: 64 }, () => other.post('/api/observations', report())));
      await until(() => {
        const begun = Math.min(answers.length, 512);
        return holding.mock.calls.length === begun && room.waiting === answers.length - begun;
      });
    }
    expect(answers.length).toBe(512 + 128);
    const late = report();
    const refused = await other.post('/api/observations', late);
    expect([refused.status, refused.body['code']]).toEqual([429, 'overloaded']);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(room.refused).toBe(1);
    expect((await other.get('/api/observations')).status).toBe(200);
    release();
    // On a store so many at once may be recorded before this node has their numbers.
    const taken = [201, 202];
    for (const { status } of await Promise.all(answers)) expect(taken).toContain(status);
    expect(taken).toContain((await other.post('/api/observations', late)).status);
    await other.end();
  });
});

describe('a node that stops', () => {
  test('answers what was under way and then nobody', async () => {
    const other = await NodeUnderTest.started();
    const { url } = other;
    const { eventLog } = other.running.parts;
    const append = eventLog.append.bind(eventLog);
    // Held until the node has been asked to stop, so that all of them are under way then.
    let release: (value?: unknown) => void = () => undefined;
    const held = new Promise((resolve) => (release = resolve));
    jest.spyOn(eventLog, 'append').mockImplementation(async (...events) => {
      await held;
      return append(...events);
    });
    const answers = Array.from({ length: 20 }, () => other.post('/api/observations', report()));
    await until(() => other.running.app.get(Traffic).underWay === answers.length);
    const stopped = other.stop();
    await pause(100);
    release();
    const [answered] = await Promise.all([Promise.all(answers), stopped]);
    expect(answered.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    await other.end();
  });

  test('does not wait for a connection that never asks for anything', async () => {
    const other = await NodeUnderTest.started();
    const silent = connect(Number(new URL(other.url).port), '127.0.0.1');
    await once(silent, 'connect');
    // An answer given afterwards says that the node has taken the connection in.
    await other.get('/health/live');
    const closed = once(silent, 'close');
    const began = performance.now();
    await other.stop();
    await closed;
    // Left alone, the connection would be waited for until its head is ten seconds late.
    expect(performance.now() - began).toBeLessThan(9_000);
    await other.end();
  }, 120_000);
});
