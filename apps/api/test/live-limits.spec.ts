import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { LOOPBACK_ONLY } from '../src/http/doorkeeper.ts';
import { LiveGateway } from '../src/live/live.gateway.ts';
import { LIMITS, LIVE_LIMITS, type LiveLimits } from '../src/live/limits.ts';
import { Projector } from '../src/read-model/projector.ts';
import { ReadModelError } from '../src/read-model/read-model-error.ts';
import { LiveClient } from './testing/live-client.ts';
import { ScriptedSource } from './testing/scripted-source.ts';
import { until } from './testing/until.ts';

/** The gateway alone, with limits short enough to be met: what a client may not do, and what it costs. */
jest.setTimeout(240_000);

@Module({})
class GatewayAlone {}

class Gateway {
  readonly source = new ScriptedSource();
  readonly clients: LiveClient[] = [];
  address = '';
  #app: INestApplication | undefined;

  async listen(limits: Partial<LiveLimits>): Promise<void> {
    const providers = [
      LiveGateway,
      { provide: Projector, useValue: this.source },
      { provide: LIVE_LIMITS, useValue: { ...LIMITS, inspectMs: 20, ...limits } },
      { provide: LOOPBACK_ONLY, useValue: true },
    ];
    const app = await NestFactory.create({ module: GatewayAlone, providers }, { logger: false });
    await app.listen(0, '127.0.0.1');
    this.#app = app;
    this.address = await app.getUrl();
  }

  get counts() {
    return this.#app?.get(LiveGateway).counts;
  }

  async open(options: Parameters<typeof LiveClient.open>[2] = {}): Promise<LiveClient> {
    const client = await LiveClient.open(this.address, {}, options);
    this.clients.push(client);
    return client;
  }

  async joined(): Promise<LiveClient> {
    const client = await this.open();
    expect(await client.join(this.source.projected)).toMatchObject({ answer: 'live' });
    return client;
  }

  close = (): Promise<void> => this.#app?.close() ?? Promise.resolve();
}

let gateway: Gateway;
async function started(limits: Partial<LiveLimits> = {}): Promise<Gateway> {
  gateway = new Gateway();
  await gateway.listen(limits);
  gateway.source.advance(10);
  return gateway;
}
afterEach(async () => {
  await Promise.all(gateway.clients.map((client) => client.close()));
  await gateway.close();
});

describe('a client that comes from a node further on', () => {
  test('is live here, as soon as this node has followed', async () => {
    const { source } = await started();
    source.followsOthers = true;
    const client = await gateway.open();
    const joining = client.join(source.projected + 2);
    await until(() => source.waitedFor.length > 0);
    source.advance();
    source.advance();
    expect(await joining).toMatchObject({ answer: 'live', head: source.projected });
  });

  test('is told to reload where this node does not follow', async () => {
    const { source } = await started();
    source.followsOthers = true;
    const client = await gateway.open();
    expect(await client.join(source.projected + 1)).toMatchObject({ answer: 'reload' });
  });
});

describe('the door', () => {
  test.each([
    ['a page of this node', (host: string) => `http://${host}`, undefined],
    ['a page of another site', () => 'https://example.org', '403'],
    ['a page of another port', () => 'http://127.0.0.1:1', '403'],
    ['a page without an origin of its own', () => 'null', '403'],
  ])('answers %s', async (_, origin, refused) => {
    const { address } = await started();
    const opening = gateway.open({ headers: { Origin: origin(new URL(address).host) } });
    if (refused === undefined) expect((await opening).isOpen).toBe(true);
    else await expect(opening).rejects.toThrow(refused);
  });

  test('stays shut to a foreign name that was made to point at this machine', async () => {
    await started();
    const headers = { Origin: 'http://rebound.example:1', Host: 'rebound.example:1' };
    await expect(gateway.open({ headers })).rejects.toThrow('403');
    await expect(gateway.open({ headers: { Host: 'rebound.example' } })).rejects.toThrow('403');
  });

  test('opens to a program on this machine, which names no origin', async () => {
    await started();
    expect((await gateway.open()).isOpen).toBe(true);
  });

  test('answers 503 above the cap, until somebody leaves', async () => {
    await started({ sockets: 3 });
    const [first] = await Promise.all([gateway.open(), gateway.open(), gateway.open()]);
    await expect(gateway.open()).rejects.toThrow('503');
    await first?.close();
    await until(() => gateway.counts?.connected === 2);
    expect((await gateway.open()).isOpen).toBe(true);
  });
});

describe('a connection', () => {
  const join = (argument: unknown, id = '1') => `42${id}${JSON.stringify(['join', argument])}`;
  test.each<readonly [string, string | Uint8Array]>([
    ['an unknown event', '42["frame",{}]'],
    ['a join without an answer', join({ feed: 'shared', after: -1 }, '')],
    ['a join of another feed', join({ feed: 'alfa', after: -1 })],
    ['a join without a position', join({ feed: 'shared' })],
    ['a join from half an event', join({ feed: 'shared', after: 1.5 })],
    ['a join from before the beginning', join({ feed: 'shared', after: -2 })],
    ['a join that knows more', join({ feed: 'shared', after: -1, officer: 'me' })],
    ['a join of nothing', join(null)],
    ['a join of two', '421["join",{"feed":"shared","after":-1},{"feed":"shared","after":-1}]'],
    ['an acknowledgement of words', '42["ack",{"seq":"1"}]'],
    ['an event without an argument', '421["join"]'],
    ['another namespace', '40/admin,'],
    ['a second connect', '40'],
    ['an answer to nothing', '431[]'],
    ['no JSON', '42["join",{'],
    ['no packet', 'hello'],
    ['nothing', ''],
    ['bytes', Uint8Array.of(0, 255)],
    ['a ping', '2'],
    ['more than 16 KiB', join({ feed: 'shared', after: -1, log: 'x'.repeat(17 * 1024) })],
  ])('ends with %s', async (_, message) => {
    await started();
    const other = await gateway.joined();
    const client = await gateway.open();
    client.say(message);
    await client.closed;
    gateway.source.advance();
    await until(() => other.frames.length === 1);
  });

  test('ends with the eleventh message of a second', async () => {
    await started();
    const client = await gateway.joined();
    for (let said = 0; said < 30; said += 1) client.ack(said);
    await client.closed;
  });

  test.each(['ping', 'pong'] as const)(
    'ends with the eleventh %s of a second, which is no message but is answered or read',
    async (frame) => {
      await started();
      const [few, many] = [await gateway.joined(), await gateway.joined()];
      few.control(frame);
      many.stopReading();
      for (let said = 0; said < 30; said += 1) many.control(frame);
      await until(() => gateway.counts?.connected === 1);
      gateway.source.advance();
      await until(() => few.frames.length === 1);
    },
  );

  test('hears where the node stands at once and then regularly', async () => {
    const { source } = await started({ heartbeatMs: 50 });
    const client = await gateway.open();
    await until(() => client.heartbeats.length >= 4);
    expect(client.heartbeats[0]).toEqual({
      log: source.log,
      head: 9,
      projected: 9,
      store: 'here',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test('ends when there are no rows to read, and nobody else notices', async () => {
    const { source } = await started();
    const other = await gateway.joined();
    source.failure = new ReadModelError('rebuilding', 'not now');
    const client = await gateway.open();
    expect(await client.join(3)).toBeUndefined();
    source.failure = undefined;
    source.advance();
    await until(() => other.frames.length === 1);
  });
});

describe('a client that is too far behind', () => {
  test('pulls when it missed more than 500 events', async () => {
    const { source } = await started();
    source.advance(1_000);
    const client = await gateway.open();
    const { log, projected: head } = source;
    expect(await client.join(head - 501)).toEqual({ answer: 'pull', log, head });
    expect(await client.join(head - 500)).toEqual({ answer: 'live', log, head });
  });

  test('pulls when what it missed is large', async () => {
    const { source } = await started();
    source.advance(200, 5_000);
    const client = await gateway.open();
    expect(await client.join(source.projected - 200)).toMatchObject({ answer: 'pull' });
    expect(await client.join(source.projected - 100)).toMatchObject({ answer: 'live' });
  });

  test('starts anew when it missed more than is worth reading', async () => {
    const { source } = await started({ reloadEvents: 50 });
    source.advance(100);
    const client = await gateway.open();
    expect(await client.join(source.projected - 51)).toMatchObject({ answer: 'reload' });
  });

  test('is taken out of the stream when it leaves too much unacknowledged, and may come back', async () => {
    const { source } = await started({ lag: { ...LIMITS.lag, ms: 2_500 } });
    const [silent, healthy] = [await gateway.joined(), await gateway.joined()];
    source.advance();
    await until(() => healthy.frames.length === 1);
    healthy.ack(source.projected);
    await until(() => silent.pulls.length === 1);
    expect(silent.pulls).toEqual([{ log: source.log, head: source.projected }]);
    expect(gateway.counts).toEqual({ connected: 2, streaming: 1 });
    source.advance();
    await until(() => healthy.frames.length === 2);
    expect([silent.frames.length, healthy.pulls.length]).toEqual([1, 0]);
    await silent.join(10);
    await until(() => silent.frames.at(-1)?.seq === source.projected);
  });

  test('is taken out of the stream when it leaves too many events unacknowledged', async () => {
    const { source } = await started({ lag: { ...LIMITS.lag, graceMs: 100, events: 5 } });
    const client = await gateway.joined();
    source.advance(6);
    await until(() => client.pulls.length === 1);
  });

  test('stays in the stream however much is sent between two acknowledgements', async () => {
    const { source } = await started();
    const client = await gateway.joined();
    for (let sent = 0; sent < 12; sent += 1) {
      source.advance(200);
      const { projected } = source;
      await until(() => client.frames.at(-1)?.seq === projected);
    }
    await pause(1_000);
    client.ack(source.projected);
    await pause(1_500);
    expect([client.pulls, gateway.counts?.streaming]).toEqual([[], 1]);
  });

  test('pulls after a burst, as everybody does, and then goes on', async () => {
    const { source } = await started();
    const clients = [await gateway.joined(), await gateway.joined()];
    source.advance(100, 5_000);
    await until(() => clients.every(({ pulls }) => pulls.length === 1));
    const { projected } = source;
    for (const client of clients) {
      expect(client.frames).toEqual([]);
      expect(await client.join(projected)).toMatchObject({ answer: 'live', head: projected });
    }
    source.advance();
    await until(() => clients.every(({ frames }) => frames[0]?.prev === projected));
  });

  test('pulls when the rows were built anew', async () => {
    const { source } = await started();
    const client = await gateway.joined();
    source.swap(30);
    await until(() => client.pulls.length === 1);
    const { projected } = source;
    await client.join(projected);
    source.advance();
    await until(() => client.frames.length === 1);
    expect(client.frames[0]).toMatchObject({ prev: projected, seq: projected + 1 });
  });
});

describe('a client that stops reading', () => {
  test('is cut off, and nobody waits for it', async () => {
    const { source } = await started({ messagesASecond: 100 });
    const stalled = [await gateway.joined(), await gateway.joined(), await gateway.joined()];
    const healthy = [await gateway.joined(), await gateway.joined()];
    for (const client of stalled) client.stopReading();
    // Many times more than kernel buffers take, yet so little at once that a healthy client whose
    // acknowledgement is on its way is never behind.
    for (let round = 0; round < 500 && gateway.counts?.connected !== healthy.length; round += 1) {
      source.advance(12, 5_000);
      await until(() => healthy.every(({ frames }) => frames.at(-1)?.seq === source.projected));
      for (const client of [...healthy, ...stalled]) client.ack(source.projected);
    }
    expect(gateway.counts).toEqual({ connected: healthy.length, streaming: healthy.length });
    expect(healthy.every(({ pulls, isOpen }) => pulls.length === 0 && isOpen)).toBe(true);
  });
});

describe('a node that stops', () => {
  test('lets clients go in slices and admits nobody', async () => {
    await started({ drainSlice: 2, drainPauseMs: 600 });
    const clients = await Promise.all(Array.from({ length: 6 }, () => gateway.joined()));
    const goneAt: number[] = [];
    const gone = clients.map((client) => client.closed.then(() => goneAt.push(performance.now())));
    const closing = gateway.close();
    await pause(20);
    await expect(gateway.open()).rejects.toThrow(/503|ECONNREFUSED|ECONNRESET|hang up/);
    await Promise.all([closing, ...gone]);
    // Of two pauses one is left, though a busy machine may tell of two slices at once.
    expect(Math.max(...goneAt) - Math.min(...goneAt)).toBeGreaterThan(500);
  });
});
