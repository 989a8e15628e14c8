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
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { TRY_MS } from './eventstoredb-client.ts';
import { EventStoreDbCopy } from './eventstoredb-copy.ts';
import { appending, testEvent, testId, testStream } from './testing/events.ts';
import { addressOf, idsOf, StoreUnderTest, until } from './testing/store-under-test.ts';
import { TcpProxy } from './testing/tcp-proxy.ts';

/** The traps of the client and the server, numbered as in docs/eventstoredb.md. */
describe('a log on EventStoreDB', () => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await StoreUnderTest.started();
  });
  beforeEach(() => store.anew());
  afterAll(() => store.end());

  it('T1: sends an append again that gets no answer, and it is there once', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await store.standIn.behave({ appends: 'mute' });
    const answer = append(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await store.standIn.behave({});
    expect(await answer).toMatchObject({ outcome: 'appended', revision: 0 });
    expect(await idsOf(log)).toEqual([testId(0), testId(1)]);
  });

  it('T1: says that the outcome is unknown when there is never an answer', async () => {
    const log = await store.open({ patience: { allTriesMs: 2_000, notSentMs: 1_000 } });
    const { append } = appending(() => log);
    await store.standIn.behave({ appends: 'swallowed' });
    await expect(append(1)).rejects.toMatchObject({ code: 'outcome_unknown' });
    await store.standIn.behave({});
    expect(await append(1)).toMatchObject({ outcome: 'appended' });
  });

  it('T1b: gives up a read that gets no answer, and knows that the store is away', async () => {
    const log = await store.open();
    await store.standIn.behave({ reads: 'silent' });
    await expect(log.source(testStream(1))).rejects.toMatchObject({ code: 'store_unavailable' });
    // Whose connection was given up has not to ask again to know it.
    await pause(50);
    expect(log.condition().store).toBe('away');
    await store.standIn.behave({});
    await until(() => log.condition().store === 'here');
  });

  it('T2: refuses what would not be written as it is', async () => {
    const log = await store.open();
    const event = testEvent({ stream: 1, data: { counts: { 10: 'a', 9: 'b' } } });
    await expect(log.append(testStream(1), 'none', [event])).rejects.toMatchObject({
      code: 'malformed_append',
    });
  });

  it.each([
    ['T3: takes a call that breaks', 'cut'],
    ['T7: takes a call that ends in peace', 'ended'],
  ] as const)('%s for an unknown outcome, and asks', async (_, appends) => {
    const log = await store.open();
    const { append } = appending(() => log);
    await store.standIn.behave({ appends });
    const answer = append(1);
    await until(async () => (await idsOf(log)).length === 2);
    await store.standIn.behave({});
    expect(await answer).toMatchObject({ revision: 0 });
    expect(await idsOf(log)).toEqual([testId(0), testId(1)]);
    // And does not write into what has ended.
    expect(await append(2)).toMatchObject({ outcome: 'appended' });
  });

  it('T5: survives an answer to nobody', async () => {
    const log = await store.open();
    await store.standIn.behave({ appends: 'stray' });
    const answer = appending(() => log).append(1);
    await until(async () => (await idsOf(log)).length === 2);
    await store.standIn.behave({});
    expect(await answer).toMatchObject({ revision: 0 });
  });

  it('T6, T10: goes on behind checkpoints, which are never where it begins again', async () => {
    const folder = `${store.folder}/node`;
    const log = await store.open({ folder });
    const { append } = appending(() => log);
    await append(1);
    await log.close();
    await store.writeMany('other-stream', 11_000);
    const again = await store.open({ folder });
    await appending(() => again).append(2);
    expect(await idsOf(again)).toEqual([0, 1, 2].map(testId));
  });

  it.each(['begins with other bytes', 'has another leaf'])(
    'follows again into a copy that %s',
    async (damage) => {
      const folder = `${store.folder}/${damage.length}`;
      const log = await store.open({ folder });
      const { append } = appending(() => log);
      await append(1);
      await log.close();
      const file = `${folder}/log-copy.sqlite`;
      const bytes = readFileSync(file);
      const at = damage.includes('leaf') ? bytes.lastIndexOf('"burst"') + 1 : 0;
      writeFileSync(file, bytes.fill('x', at, at + 5));
      const again = await store.open({ folder });
      expect(await idsOf(again)).toEqual([testId(0), testId(1)]);
    },
  );

  it.each([
    ['T7: cleanly', {}],
    ['T7: with error 13', { code: 13 }],
    ['T8: with error 14', { code: 14 }],
    ['T12: because it is too slow', { code: 10 }],
    ['by cancelling', { code: 1 }],
  ])('follows again when the server ends the subscription, %s', async (_, endSubscriptions) => {
    const log = await store.open();
    const { append } = appending(() => log);
    for (let n = 1; n <= 20; n += 1) {
      if (n % 5 === 0) await store.standIn.behave({ endSubscriptions });
      await append(n);
    }
    expect(await idsOf(log)).toEqual([...Array(21).keys()].map(testId));
  });

  it('T7: finds a subscription that has died without a word', async () => {
    const log = await store.open({ watchdogMs: 400 });
    await store.standIn.behave({ subscriptions: 'deaf' });
    const answer = appending(() => log).append(1);
    expect(await answer).toMatchObject({ outcome: 'appended', events: [{ seq: null }] });
    await store.standIn.behave({ subscriptions: 'deaf' });
    await until(() => log.feed.drops > 0);
    await store.standIn.behave({});
    await until(() => log.head().seq === 1);
  });

  it('T13: takes no more off the stream than it can keep, and lets the server wait', async () => {
    const log = await store.open();
    const taken: { readonly batch: number; readonly buffered: number }[] = [];
    const { take } = EventStoreDbCopy.prototype;
    const slow = jest.spyOn(EventStoreDbCopy.prototype, 'take').mockImplementation(function (
      this: EventStoreDbCopy,
      batch,
    ) {
      taken.push({ batch: batch.length, buffered: log.feed.buffered });
      for (const end = performance.now() + 5; performance.now() < end;);
      return Reflect.apply(take, this, [batch]);
    });
    for (let n = 1; n <= 12; n += 1) await store.writeMany(store.stream(n), 500);
    await until(() => log.condition().unreadable?.length === 6_000, 90_000);
    slow.mockRestore();
    expect(Math.max(...taken.map(({ batch }) => batch))).toBeLessThanOrEqual(256);
    expect(Math.max(...taken.map(({ buffered }) => buffered))).toBeLessThanOrEqual(4_096);
    expect(await appending(() => log).append(25)).toMatchObject({ outcome: 'appended' });
  });

  it('T24: leaves no connection behind, however often it begins anew', async () => {
    const proxy = await TcpProxy.before(() => store.standIn.port);
    const address = addressOf(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    const log = await store.open({ address });
    const before = proxy.sockets;
    for (let n = 1; n <= 10; n += 1) {
      const { drops } = log.feed;
      proxy.cut();
      await until(() => log.feed.drops > drops);
      await until(() => log.feed.caughtUp);
    }
    await until(() => proxy.sockets <= before);
    await log.close();
    await until(() => proxy.sockets === 0);
    proxy.end();
  });

  it('T25: is not taken for dead while there is nothing but records of others', async () => {
    const folder = `${store.folder}/patient`;
    const log = await store.open({ folder });
    await appending(() => log).append(1);
    await log.close();
    await store.writeMany('others', 30_000);
    const again = await store.open({ folder, watchdogMs: 400 });
    await until(() => again.condition().staleSince === undefined);
    expect([again.feed.caughtUp, again.feed.drops]).toEqual([true, 0]);
    expect(await appending(() => again).append(2)).toMatchObject({ events: [{ seq: 2 }] });
  });

  it('says at once that the store refuses its user', async () => {
    await store.standIn.behave({ reads: 'refused' });
    const begun = performance.now();
    await expect(store.open()).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('user'),
    });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('T20: passes over what does not parse, names it, and stops for nothing', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await append(1);
    await store.write(store.stream(1), { data: { what: 'is this' } });
    await store.write(store.stream(2), testEvent({ stream: 3 }));
    await append(4);
    expect(await idsOf(log)).toEqual([0, 1, 4].map(testId));
    expect(log.condition().unreadable).toEqual([
      { stream: testStream(1), revision: 1, why: expect.stringContaining('envelope') },
      { stream: testStream(2), revision: 0, why: 'it says that it stands elsewhere' },
    ]);
    expect(await log.source(testStream(1))).toMatchObject({ revision: 1, events: [{}] });
  });

  it.each(['maxAge', 'maxCount', 'truncateBefore'])(
    'T21: refuses a log from which %s would make events vanish',
    async (setting) => {
      const log = await store.open();
      await appending(() => log).append(1);
      await store.others.setStreamMetadata(store.stream(1), { [setting]: 1 });
      await until(() => log.condition().store === 'damaged');
      expect(log.condition().damage?.why).toContain(store.stream(1));
      await expect(appending(() => log).append(2)).rejects.toMatchObject({
        code: 'store_unavailable',
      });
      await expect(store.open()).rejects.toMatchObject({ code: 'store_unavailable' });
      await store.others.setStreamMetadata(store.stream(1), {});
      await until(() => log.condition().store === 'here');
    },
  );

  it('T21: refuses a log one of whose streams was deleted', async () => {
    const log = await store.open();
    await appending(() => log).append(1);
    await store.others.tombstoneStream(store.stream(1));
    await until(() => log.condition().store === 'damaged');
    await expect(store.open()).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('T22: numbers nothing of other streams and of the system', async () => {
    const log = await store.open();
    await store.write('$something', { data: {}, type: '$system' });
    await store.write(`${store.prefix}x.observation-1`, { data: {} });
    await store.write('elsewhere', testEvent({ stream: 3 }));
    await appending(() => log).append(1);
    expect(await idsOf(log)).toEqual([testId(0), testId(1)]);
    expect(log.condition().unreadable).toEqual([]);
  });

  it('T27: says that an id was used when the store keeps what somebody else sent', async () => {
    const log = await store.open();
    await store.standIn.behave({ subscriptions: 'deaf' });
    await store.write(store.stream(1), testEvent({ stream: 1, data: { kind: 'shot' } }));
    await expect(appending(() => log).append(1)).rejects.toMatchObject({ code: 'id_reused' });
    await store.standIn.behave({});
    await expect(appending(() => log).append(1)).rejects.toMatchObject({ code: 'id_reused' });
  });

  it('T27, T28: recognises what the store refuses because of what it does not show yet', async () => {
    const [one, other] = [await store.open(), await store.open()];
    await store.standIn.behave({ tellAfterMs: 1_000 });
    const first = appending(() => one).append(1);
    await until(() => store.has(store.stream(1)));
    await store.standIn.behave({ appends: 'racing', reads: 'blind', tellAfterMs: 1_000 });
    const again = appending(() => other).append(1);
    await pause(300);
    await store.standIn.behave({ tellAfterMs: 1_000 });
    expect((await again).outcome).toBe('already');
    expect((await first).outcome).toBe('appended');
  });

  it('T29: never numbers an id twice, wherever it was written again', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await append(1);
    await store.write(store.stream(2), testEvent({ stream: 2, id: 1 }));
    await store.write(store.stream(1), testEvent({ stream: 1, revision: 1, id: 1 }));
    await append(3);
    expect(await idsOf(log)).toEqual([0, 1, 3].map(testId));
    expect(log.condition().unreadable?.map(({ why }) => why)).toEqual(
      Array(2).fill('its id was used before'),
    );
  });

  it('T33: waits for a leader', async () => {
    const log = await store.open();
    await store.standIn.behave({ appends: 'electing' });
    const answer = appending(() => log).append(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await store.standIn.behave({});
    expect(await answer).toMatchObject({ outcome: 'appended' });
  });

  it('T35: answers what is under way before it lets go, and nothing after', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await store.standIn.behave({ answerAfterMs: 200 });
    const answer = append(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = log.close();
    await expect(append(2)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await answer).toMatchObject({ outcome: 'appended' });
    await closed;
  });
});

describe('a log on EventStoreDB whose server', () => {
  let store: StoreUnderTest;
  beforeEach(async () => {
    store = await StoreUnderTest.started(true);
  });
  afterEach(() => store.end());

  it('is gone (T9): is known to be away at once, and is back by itself', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await store.standIn.kill();
    await expect(append(1)).rejects.toMatchObject({
      code: expect.stringMatching(/unavailable|unknown/),
    });
    await until(() => log.condition().store === 'away');
    // Sooner than one try could have been given up: none is made.
    const known = append(1).catch((error: { code: string }) => error.code);
    expect(await Promise.race([known, pause(TRY_MS)])).toBe('store_unavailable');
    expect(await idsOf(log)).toEqual([testId(0)]);
    await store.standIn.start();
    await until(() => log.condition().store === 'here');
    expect(await append(1)).toMatchObject({ outcome: 'appended', revision: 0 });
  });

  it('leaves with code 0 (T37) is met again when it has come back', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await append(1);
    await store.standIn.leave();
    await until(() => log.condition().store === 'away');
    await store.standIn.start();
    await until(() => log.condition().store === 'here');
    expect(await append(2)).toMatchObject({ outcome: 'appended', events: [{ seq: 2 }] });
  });

  it('is away: what was answered once is answered again, and nothing is decided', async () => {
    const log = await store.open();
    const { append } = appending(() => log);
    await append(1);
    expect((await log.source(testStream(1))).staleBecause).toBeUndefined();
    await store.standIn.kill();
    await until(() => log.condition().store === 'away');
    const { events, staleBecause } = await log.source(testStream(1));
    expect([events.length, staleBecause?.code]).toEqual([1, 'store_unavailable']);
    expect(await append(1)).toMatchObject({ outcome: 'already', revision: 0 });
    const { staleSince = '' } = log.condition();
    expect(Date.now() - Date.parse(staleSince)).toBeLessThan(60_000);
    await store.standIn.start();
    await until(() => log.condition().staleSince === undefined);
  });

  it('was emptied (T31): is refused, while the node runs and when it starts', async () => {
    const folder = `${store.folder}/node`;
    const log = await store.open({ folder });
    await appending(() => log).append(1);
    await store.standIn.kill();
    store.standIn.forget();
    await store.standIn.start();
    await until(() => log.condition().store === 'damaged');
    await expect(appending(() => log).append(2)).rejects.toMatchObject({ code: 'foreign_log' });
    expect(await store.has(store.stream(2))).toBe(false);
    expect(await idsOf(log)).toEqual([testId(0), testId(1)]);
    await log.close();
    await expect(store.open({ folder })).rejects.toMatchObject({ code: 'foreign_log' });
  });

  it('is frozen (T1): may write late, and what was not answered is there once', async () => {
    const log = await store.open({ patience: { allTriesMs: 4_000, notSentMs: 3_000 } });
    const { append } = appending(() => log);
    store.standIn.freeze();
    const answer = append(1).then(
      ({ outcome }) => outcome,
      (error: { code: string }) => error.code,
    );
    expect(await answer).toMatch(/outcome_unknown|store_unavailable/);
    expect(log.condition().store).toBe('away');
    store.standIn.thaw();
    await until(() => log.condition().store === 'here');
    await append(1);
    expect(await idsOf(log)).toEqual([testId(0), testId(1)]);
  });
});
