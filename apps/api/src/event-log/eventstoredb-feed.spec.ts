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
import { idsOf, StoreUnderTest } from './testing/store-under-test.ts';

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
