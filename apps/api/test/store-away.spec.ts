import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { StandIn } from '../src/event-log/testing/stand-in.ts';
import { TcpProxy } from '../src/event-log/testing/tcp-proxy.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';
import { until } from './testing/until.ts';

/**
 * What a node does when its store is away: it reads on and says so, submits nothing and says why, never
 * lets anybody wait for long, and is back by itself. The network between both is a proxy of the test's.
 */
let standIn: StandIn;
let proxy: TcpProxy;
let node: NodeUnderTest;

beforeAll(async () => {
  standIn = await StandIn.started();
  proxy = await TcpProxy.before(() => standIn.port);
  const address = { endpoints: [{ address: '127.0.0.1', port: proxy.port }] };
  node = await NodeUnderTest.started({ store: { address } });
  expect((await node.post('/api/observations', report())).status).toBe(201);
});
afterAll(async () => {
  await node.end();
  proxy.end();
  await standIn.kill();
});

const store = (): string => node.running.parts.eventLog.condition().store;

/** One submission: what was answered, and after how long. */
async function submitted(body = report()) {
  const begun = performance.now();
  const { status, headers, body: answer } = await node.post('/api/observations', body);
  const retryAfter = headers.get('retry-after');
  return { status, code: answer['code'], retryAfter, ms: performance.now() - begun };
}

/** Reading goes on, and the node stays among those that a proxy sends people to. */
async function expectItReads(): Promise<void> {
  const ready = await node.get('/health/ready');
  expect([ready.status, ready.body]).toMatchObject([200, { status: 'ready', store: 'away' }]);
  for (const path of ['/api/observations', '/api/events', '/api/centre', '/api/situation']) {
    expect((await node.get(path)).status).toBe(200);
  }
}

const KNOWN = { status: 503, code: 'store_unavailable', retryAfter: '2' };

/** What is promised on a machine that is not busy with other tests, and as much again. */
const BACK_WITHIN_MS = 20_000;
const ANSWERED_WITHIN_MS = 20_000;

describe('a store that', () => {
  afterEach(async () => {
    proxy.swallow(false);
    proxy.delay(0);
    await proxy.accept();
    await until(() => store() === 'here', BACK_WITHIN_MS);
    expect((await submitted()).status).toBe(201);
  });

  test('refuses connections is known to be away at once, and only reading goes on', async () => {
    proxy.refuse();
    const first = await submitted();
    expect(first.ms).toBeLessThan(ANSWERED_WITHIN_MS);
    await until(() => store() === 'away');
    const known = await submitted();
    expect(known).toMatchObject(KNOWN);
    expect(known.ms).toBeLessThan(2_000);
    await expectItReads();
  });

  test('swallows everything is found out within seconds, and nobody waits for ever', async () => {
    proxy.swallow(true);
    const sent = report();
    const inFlight = submitted(sent);
    await until(() => store() === 'away');
    expect(await submitted()).toMatchObject(KNOWN);
    await expectItReads();
    const answer = await inFlight;
    expect([503, 504]).toContain(answer.status);
    expect(answer.ms).toBeLessThan(ANSWERED_WITHIN_MS);
    proxy.swallow(false);
    await until(() => store() === 'here', BACK_WITHIN_MS);
    // The same report again, with the same id, is recorded once.
    expect([200, 201]).toContain((await submitted(sent)).status);
    expect((await submitted(sent)).status).toBe(200);
  });

  test('answers after five seconds is as good as away', async () => {
    proxy.delay(5_000);
    await until(() => store() === 'away');
    expect(await submitted()).toMatchObject(KNOWN);
  });

  test('is cut off again and again records every report once', async () => {
    const sent = Array.from({ length: 20 }, () => report());
    const cutting = setInterval(() => proxy.cut(), 150);
    const all = Promise.all(sent.map((each) => submittedUntilAnswered(each)));
    await new Promise((resume) => setTimeout(resume, 1_000));
    clearInterval(cutting);
    await all;
    const { events } = await node.running.parts.eventLog.page(-1, 1_000);
    const subjects = events.map(({ envelope }) => envelope.subject);
    for (const { id } of sent) {
      expect(subjects.filter((each) => each === `observation/${id}`)).toHaveLength(1);
    }
  });

  test('was away when the node started lets it read what it knew, and answer what it answered', async () => {
    const known = report();
    await submitted(known);
    await node.stop();
    proxy.refuse();
    await node.start();
    await expectItReads();
    expect((await submitted(known)).status).toBe(200);
    expect(await submitted()).toMatchObject(KNOWN);
  });
});

/** As the form does: the same id until there is an answer. */
async function submittedUntilAnswered(body: { readonly id: string }): Promise<void> {
  for (;;) {
    const { status } = await submitted({ ...report(), ...body });
    if (status < 300) return;
    expect([503, 504]).toContain(status);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
