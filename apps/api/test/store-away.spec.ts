import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { PATIENCE } from '../src/event-log/eventstoredb-patience.ts';
import { StandIn } from '../src/event-log/testing/stand-in.ts';
import { TcpProxy } from '../src/event-log/testing/tcp-proxy.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import {
  centreAnswer,
  logAnswer,
  logEntryDetail,
  logPage,
  observationPage,
  situationAnswer,
} from '../src/http/answer-schemas.ts';
import { commandId, match, report } from './testing/reports.ts';
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

const READ = [
  ['/api/observations', observationPage],
  ['/api/events', logPage],
  ['/api/events/0', logEntryDetail],
  ['/api/centre', centreAnswer],
  ['/api/situation', situationAnswer],
  ['/api/log', logAnswer],
] as const;
const FILES = ['/api/changes?after=-1', '/api/observations.csv', '/api/observations.geojson'];

/**
 * Reading goes on, says since when it may be old, and the node stays among those that a proxy sends
 * people to.
 */
async function expectItReads(): Promise<void> {
  const ready = await node.get('/health/ready');
  const since = expect.stringMatching(/^2026-/);
  expect([ready.status, ready.body]).toMatchObject([
    200,
    { status: 'ready', store: 'away', storeSince: since, staleSince: since },
  ]);
  const { staleSince } = ready.body;
  for (const [path, schema] of READ) {
    const { status, headers, body } = await node.get(path);
    expect([status, headers.get(STALE), body['staleSince']]).toEqual([200, staleSince, staleSince]);
    expect(schema.safeParse(body).error?.issues ?? []).toEqual([]);
  }
  for (const path of FILES) {
    const { status, headers } = await node.get(path);
    expect([status, headers.get(STALE)]).toEqual([200, staleSince]);
  }
}

/** It has all that the store has, and says nothing of age any more. */
async function expectItIsCurrent(): Promise<void> {
  await until(() => node.running.parts.eventLog.condition().staleSince === undefined);
  for (const path of [...READ.map(([each]) => each), ...FILES]) {
    await until(async () => {
      const { headers, body } = await node.get(path);
      return headers.get(STALE) === null && body['staleSince'] === undefined;
    });
  }
}

const STALE = 'ceasewatch-stale-since';

const KNOWN = { status: 503, code: 'store_unavailable', retryAfter: '2' };

/** Four times what is promised on a machine that is not busy with other tests. */
const BACK_WITHIN_MS = 40_000;
const ANSWERED_WITHIN_MS = 40_000;

describe('a store that', () => {
  afterEach(async () => {
    proxy.swallow(false);
    proxy.delay(0);
    await proxy.accept();
    await until(() => store() === 'here', BACK_WITHIN_MS);
    await expectItIsCurrent();
    await recorded(report());
  });

  test('refuses connections is known to be away at once, and only reading goes on', async () => {
    proxy.refuse();
    const first = await submitted();
    expect(first.ms).toBeLessThan(ANSWERED_WITHIN_MS);
    await until(() => store() === 'away');
    const known = await submitted();
    expect(known).toMatchObject(KNOWN);
    // Whoever comes later does not wait to find out again.
    expect(known.ms).toBeLessThan(first.ms + PATIENCE.notSentMs);
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

  test('is frozen in mid-answer is never said to have recorded nothing', async () => {
    const sent = Array.from({ length: 30 }, () => report());
    // So that they are under way when it freezes, however slowly this process looks.
    await standIn.behave({ answerAfterMs: 500 });
    const answers = Promise.all(sent.map((each) => submitted(each)));
    await until(() => node.running.parts.eventLog.condition().waiting > 0);
    standIn.freeze();
    const all = await answers;
    standIn.thaw();
    await standIn.behave({});
    for (const { status, code, ms } of all) {
      expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
      expect([201, 202, 503, 504]).toContain(status);
      expect([undefined, 'store_unavailable', 'outcome_unknown']).toContain(code);
    }
    await until(() => store() === 'here', BACK_WITHIN_MS);
    for (const each of sent) await recorded(each);
    await expectEachOnce(sent);
  });

  test('has it, and does not tell: the sender learns where to ask, and is told its number later', async () => {
    const sent = report();
    await standIn.behave({ subscriptions: 'deaf' });
    const { status, headers, body } = await node.post('/api/observations', sent);
    expect([status, body['seq'], body['number']]).toEqual([202, null, null]);
    const place = headers.get('location') ?? '';
    expect(place).toBe(`/api/observations/${sent.id}`);
    expect((await node.get(place)).status).toBe(404);
    await standIn.behave({ endSubscriptions: {} });
    await standIn.behave({});
    await until(async () => (await node.get(place)).status === 200);
    const again = await node.post('/api/observations', sent);
    expect([again.status, again.body['seq']]).toEqual([200, expect.any(Number)]);
  });

  test('has no leader is asked again until it has one', async () => {
    await standIn.behave({ appends: 'electing' });
    const answer = submitted();
    await until(() => node.running.parts.eventLog.condition().waiting > 0);
    await standIn.behave({});
    // The number of what it records may come later.
    expect([201, 202]).toContain((await answer).status);
  });

  test('is away decides nothing: what follows another node’s report is not refused', async () => {
    const known = report();
    await recorded(known);
    proxy.refuse();
    await until(() => store() === 'away');
    const retraction = { id: commandId(), retracts: 1, reason: 'duplicate' };
    const unheardOf = `/api/observations/${report().id}/retraction`;
    const answer = await node.post(unheardOf, retraction, match(0));
    expect([answer.status, answer.body['code']]).toEqual([503, 'store_unavailable']);
    expect((await submitted(known)).status).toBe(200);
    // Nor is an officer forbidden anything who may have been appointed at another node since.
    const stranger = { 'Ceasewatch-Officer': commandId() };
    for (const answered of [
      await node.post('/api/observations', report(), stranger),
      await node.get('/api/observations', stranger),
    ]) {
      expect([answered.status, answered.body['code']]).toEqual([503, 'store_unavailable']);
    }
  });

  test('answers after five seconds is as good as away', async () => {
    proxy.delay(5_000);
    await until(() => store() === 'away');
    expect(await submitted()).toMatchObject(KNOWN);
  });

  test('is cut off again and again records every report once', async () => {
    const sent = Array.from({ length: 20 }, () => report());
    const cutting = setInterval(() => proxy.cut(), 150);
    const all = Promise.all(sent.map((each) => recorded(each)));
    await new Promise((resume) => setTimeout(resume, 1_000));
    clearInterval(cutting);
    await all;
    await expectEachOnce(sent);
  });

  test('was away when the node started lets it read what it knew, and answer what it answered', async () => {
    const known = report();
    await recorded(known);
    await node.stop();
    proxy.refuse();
    await node.start();
    await expectItReads();
    expect((await submitted(known)).status).toBe(200);
    expect(await submitted()).toMatchObject(KNOWN);
  });
});

async function expectEachOnce(sent: readonly { readonly id: string }[]): Promise<void> {
  const { events } = await node.running.parts.eventLog.page(-1, 1_000);
  const subjects = events.map(({ envelope }) => envelope.subject);
  for (const { id } of sent) {
    expect(subjects.filter((each) => each === `observation/${id}`)).toHaveLength(1);
  }
}

/** As the form does: the same id until there is a number. */
async function recorded(body: ReturnType<typeof report>): Promise<void> {
  for (;;) {
    const { status } = await submitted(body);
    if (status === 200 || status === 201) return;
    expect([202, 503, 504]).toContain(status);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

describe('a store that comes back empty', () => {
  let others: NodeUnderTest;
  let emptied: StandIn;
  beforeAll(async () => {
    emptied = await StandIn.started();
    const address = { endpoints: [{ address: '127.0.0.1', port: emptied.port }] };
    others = await NodeUnderTest.started({ store: { address } });
  });
  afterAll(async () => {
    await others.end();
    await emptied.kill();
  });

  test('gets nothing of this log, by whoever asks, and everybody is told loudly', async () => {
    const told: string[] = [];
    const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
      told.push(String(line));
      return true;
    });
    const { eventLog } = others.running.parts;
    const before = eventLog.head();
    await emptied.kill();
    await emptied.start();
    // Whoever goes on sending is what could mix two logs.
    while (eventLog.condition().store !== 'damaged') {
      const { status } = await others.post('/api/observations', report());
      // What was under way when the store went is not known to be recorded, and is not.
      expect([503, 504]).toContain(status);
    }
    const { status, headers, body } = await others.post('/api/observations', report());
    expect([status, body['code']]).toEqual([503, 'log_damaged']);
    expect(headers.get('retry-after')).toBe('300');
    const answer = await others.get('/api/log');
    expect(answer.body).toMatchObject({
      store: { state: 'damaged', damage: { why: expect.stringContaining('another log') } },
    });
    expect((await others.get('/health/ready')).body).toMatchObject({ store: 'damaged' });
    expect((await others.get('/api/observations')).status).toBe(200);
    stderr.mockRestore();
    expect(told.join('')).toContain('THE STORE CANNOT BE USED');
    const { endpoints } = { endpoints: [{ address: '127.0.0.1', port: emptied.port }] };
    const fresh = new NodeUnderTest({ store: { address: { endpoints } } });
    await fresh.start();
    // The emptied store begins another log: nothing of the first was written to it.
    expect(fresh.running.parts.eventLog.head().logId).not.toBe(before.logId);
    expect(fresh.running.parts.eventLog.condition().unreadable).toEqual([]);
    expect(eventLog.head()).toEqual(before);
    await fresh.end();
  });
});
