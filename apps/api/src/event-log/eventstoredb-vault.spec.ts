import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from './event-log.ts';
import { untilOf } from './eventstoredb-patience.ts';
import { testEvent, testId, testStream } from './testing/events.ts';
import { StoreUnderTest, until } from './testing/store-under-test.ts';

/** The vault in the store: its stream first, then the event; and how it forgets. */
describe('the vault in EventStoreDB', () => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await StoreUnderTest.started(true);
  });
  beforeEach(() => store.anew());
  afterAll(() => store.end());

  const disclosed = { narrative: 'Three bursts.', asEntered: '1358C' };
  const vaultOf = (id: string) => `${store.prefix}vault-${id}`;
  const isReadable = async (stream: string): Promise<boolean> => {
    const read = store.others.readStream(stream);
    read.on('error', () => undefined);
    let count = 0;
    try {
      for await (const { event } of read) if (event !== undefined) count += 1;
    } catch (error) {
      expect(error).toMatchObject({ type: 'stream-deleted' });
    }
    return count > 0;
  };

  /** Appends an erasure of what the first event of the stream discloses under a name. */
  const erase = async (log: EventLog, revision: number, name: string) => {
    const [event] = (await log.source(testStream(1))).events;
    const digests = [event?.disclosed[name]?.digest ?? ''];
    const data = { event: testId(1), digests, reason: 'a name was in it' };
    const erasure = testEvent({ stream: 1, revision, type: 'disclosure.erased.v1', data });
    await log.append(testStream(1), revision - 1, [erasure]);
    return digests;
  };

  it('keeps nothing in the event that was said in confidence', async () => {
    const log = await store.open();
    await log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
    const texts: string[] = [];
    for await (const { event } of store.others.readStream(store.stream(1))) {
      texts.push(JSON.stringify(event?.data));
    }
    expect(texts.join()).not.toContain('bursts.');
    expect(await isReadable(vaultOf(testId(1)))).toBe(true);
  });

  it('waits for a store that is slow and answers others, and not for one that is away', async () => {
    const log = await store.open({ patience: { allTriesMs: 12_000, notSentMs: 500 } });
    const append = (stream: number) =>
      log.append(testStream(stream), 'none', [testEvent({ stream, disclosed })]);
    await store.standIn.behave({ appends: 'swallowed' });
    const slow = append(1);
    await pause(2_500);
    await store.standIn.behave({});
    expect(await slow).toMatchObject({ outcome: 'appended' });

    store.standIn.freeze();
    const began = performance.now();
    await expect(append(2)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(performance.now() - began).toBeLessThan(10_000);
    store.standIn.thaw();
    await until(() => log.condition().store === 'here');
  });

  it('is mended by a retry after a crash between its entry and the event', async () => {
    const log = await store.open();
    const sent = testEvent({ stream: 1, disclosed, secret: 1 });
    if (sent.vault === undefined) throw new Error('it discloses something');
    await log.writer.keep(testId(1), sent.vault, untilOf());
    // A retry draws another secret first, and is told to use the one that is there.
    const retry = testEvent({ stream: 1, disclosed, secret: 2 });
    await expect(log.append(testStream(1), 'none', [retry])).rejects.toMatchObject({
      code: 'secret_already_drawn',
      facts: { eventId: testId(1), secret: sent.vault.secret },
    });
    expect(await log.append(testStream(1), 'none', [sent])).toMatchObject({ outcome: 'appended' });
    const [event] = (await log.source(testStream(1))).events;
    expect(event?.disclosed['narrative']).toMatchObject({ state: 'shown' });
  });

  it('shows a node that comes later what it showed the others', async () => {
    const log = await store.open();
    await log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
    const late = await store.open();
    expect((await late.page(-1, 10)).events).toEqual((await log.page(-1, 10)).events);
  });

  it('forgets at every node and in the store, and keeps what was not erased', async () => {
    const [log, other] = [await store.open(), await store.open()];
    await log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
    const [digest] = await erase(log, 1, 'narrative');
    expect(await isReadable(vaultOf(testId(1)))).toBe(false);
    await until(() => other.head().seq === 2);
    const late = await store.open();
    for (const each of [log, other, late]) {
      const [kept] = (await each.source(testStream(1))).events;
      expect(kept?.disclosed['narrative']).toEqual({ state: 'erased', digest });
      expect(kept?.disclosed['asEntered']).toMatchObject({ state: 'shown', value: '1358C' });
    }
  });

  it('forgets the rest too, wherever it was kept meanwhile', async () => {
    const log = await store.open();
    await log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
    await erase(log, 1, 'narrative');
    await erase(log, 2, 'asEntered');
    expect(await isReadable(vaultOf(testId(1)))).toBe(false);
    expect(await isReadable(vaultOf(testId(1_000_001)))).toBe(false);
    const late = await store.open();
    expect((await late.page(-1, 10)).events).toEqual((await log.page(-1, 10)).events);
  });

  it('still names what was erased after nothing of it is left in the store', async () => {
    const log = await store.open();
    await log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
    await erase(log, 1, 'narrative');
    await erase(log, 2, 'asEntered');
    const { events } = await log.page(-1, 10);
    expect(Object.keys(events[1]?.disclosed ?? {})).toEqual(
      expect.arrayContaining(['narrative', 'asEntered']),
    );
    await log.close();
    await store.standIn.kill();
    store.standIn.scavenge();
    await store.standIn.start();
    const late = await store.open();
    expect((await late.page(-1, 10)).events).toEqual(events);
  });
});
