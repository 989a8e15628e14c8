import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreClient, TRY_MS } from './eventstoredb-client.ts';
import { addressOf, StoreUnderTest } from './testing/store-under-test.ts';
import { TcpProxy } from './testing/tcp-proxy.ts';

/** The client of a node by itself. */
describe('the client of the store', () => {
  let store: StoreUnderTest;
  let client: StoreClient;
  beforeAll(async () => {
    store = await StoreUnderTest.started();
  });
  beforeEach(async () => {
    await store.anew();
    client = new StoreClient(addressOf(store.standIn.url));
  });
  afterEach(() => client.close());
  afterAll(() => store.end());

  it('T30: refuses a read of no events, which would never end', async () => {
    await expect(client.readStream(store.stream(1), 0, 0)).rejects.toThrow(RangeError);
  });

  it.each([
    ['the newest record', () => client.headPosition()],
    ['the record at a place', () => client.readAt({ commit: 0n, prepare: 0n })],
    ['a stream', () => client.readStream(store.stream(1), 0, 1)],
  ])(
    'T1b: takes %s for unknown, and not for nothing, when its connection was given up',
    async (_, ask) => {
      await store.write(store.stream(1), { data: {} });
      await ask();
      await store.standIn.behave({ reads: 'silent' });
      const answer = ask();
      await new Promise((resolve) => setTimeout(resolve, 100));
      client.startOver();
      await expect(answer).rejects.toMatchObject({ code: 'store_unavailable' });
    },
  );

  it('takes what its own end cut off for unknown, and connects no more', async () => {
    await store.write(store.stream(1), { data: {} });
    const ask = () => client.readStream(store.stream(1), 0, 1);
    await ask();
    await store.standIn.behave({ reads: 'silent' });
    const answer = ask();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([
      client.close(),
      expect(answer).rejects.toMatchObject({ code: 'store_unavailable' }),
    ]);
    await store.standIn.behave({});
    await expect(ask()).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(ask()).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('waits for a store that takes longer than a try to close a stream for good', async () => {
    await store.write(store.stream(1), { data: {} });
    const proxy = await TcpProxy.before(() => store.standIn.port);
    const far = new StoreClient(addressOf(`esdb://127.0.0.1:${proxy.port}?tls=false`));
    await far.readStream(store.stream(1), 0, 1);
    proxy.delay(TRY_MS / 2 + 50);
    const began = performance.now();
    await far.tombstone(store.stream(1));
    expect(performance.now() - began).toBeGreaterThan(TRY_MS);
    expect(await client.readStream(store.stream(1), 0, 1)).toMatchObject({ exists: false });
    await far.close();
    proxy.end();
  });
});
