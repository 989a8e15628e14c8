import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { StoreClient, TRY_MS } from './eventstoredb-client.ts';
import { appending, testId, testStream } from './testing/events.ts';
import { addressOf, idsOf, StoreUnderTest, until } from './testing/store-under-test.ts';
import { TcpProxy } from './testing/tcp-proxy.ts';

/** A store that is there, and slow. */
describe('a node on a slow store', () => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await StoreUnderTest.started();
  });
  beforeEach(() => store.anew());
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => store.end());

  it('T1: takes an answer that comes after its try for an answer', async () => {
    const log = await store.open({ patience: { allTriesMs: 8_000, notSentMs: 3_000 } });
    await store.standIn.behave({ writeAfterMs: TRY_MS + 700 });
    const began = performance.now();
    const answer = await appending(() => log).append(1);
    expect(answer).toMatchObject({ outcome: 'appended', revision: 0, events: [{ seq: 1 }] });
    // Not only what is left of several tries at the end of all patience.
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(await idsOf(log)).toEqual([testId(0), testId(1)]);
  });

  it('is used, and not away, when every answer takes longer than a try', async () => {
    const proxy = await TcpProxy.before(() => store.standIn.port);
    const address = addressOf(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    const patience = { allTriesMs: 12_000, notSentMs: 3_000 };
    const log = await store.open({ address, patience });
    proxy.delay(TRY_MS / 2 + 50);
    await until(() => log.feed.drops > 0);
    // Connected anew while it is slow.
    await until(() => log.feed.caughtUp);
    const { drops } = log.feed;
    const asked = jest.spyOn(StoreClient.prototype, 'headPosition');
    expect((await log.source(testStream(1))).revision).toBe('none');
    const { append } = appending(() => log);
    expect(await append(1)).toMatchObject({ outcome: 'appended', events: [{ seq: 1 }] });
    // Its silence is asked about, and the answer, however late, is a sign of life.
    await until(() => asked.mock.results.length > 1);
    await asked.mock.results.at(-1)?.value;
    expect([log.condition().store, log.feed.drops]).toEqual(['here', drops]);
    await log.close();
    proxy.end();
  });

  it('is waited for by whoever begins the log, longer than an append is tried', async () => {
    await store.standIn.behave({ appends: 'electing' });
    const asked = jest.spyOn(StoreClient.prototype, 'append');
    const opening = store.open({ patience: { allTriesMs: 600, notSentMs: 600 } });
    const begun = performance.now();
    await until(() => asked.mock.calls.length > 0);
    await until(() => performance.now() - begun > 1_500);
    await store.standIn.behave({});
    expect((await opening).head()).toMatchObject({ seq: 0, logId: testId(0) });
  });

  it('is not asked for what the node has numbered of a stream', async () => {
    const log = await store.open();
    await appending(() => log).append(1);
    await store.standIn.behave({ reads: 'silent' });
    const asked = jest.spyOn(StoreClient.prototype, 'readStream');
    const { events } = await log.source(testStream(1), { known: true });
    expect(events).toMatchObject([{ seq: 1 }]);
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks it once for all who got no answer, and not for each', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    const asked = jest.spyOn(StoreClient.prototype, 'headPosition');
    await store.standIn.behave({ appends: 'mute' });
    const answers = Array.from({ length: 40 }, (_, n) => append(n + 1));
    await new Promise((resolve) => setTimeout(resolve, TRY_MS + 300));
    await store.standIn.behave({});
    await Promise.all(answers);
    expect(asked.mock.calls.length).toBeGreaterThan(0);
    expect(asked.mock.calls.length).toBeLessThan(answers.length / 2);
  });
});
