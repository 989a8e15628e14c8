import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, StreamNotFoundError } from '@eventstore/db-client';
import type { EventLog, EventToAppend } from '../event-log.ts';
import { readStoreAddress, type StoreAddress } from '../eventstoredb-address.ts';
import type { EventStoreDbEventLog } from '../eventstoredb-event-log.ts';
import { openEventStoreDbLog, type OpenEventStoreDbOptions } from '../open-eventstoredb-log.ts';
import { FIRST_INSTANT, testId, testStream } from './events.ts';
import { StandIn } from './stand-in.ts';

/** A stand-in, nodes' logs on it, and another client that does what ours would not. */
export class StoreUnderTest {
  readonly folder: string;
  readonly standIn: StandIn;
  readonly #others: EventStoreDBClient;
  readonly #logs: EventStoreDbEventLog[] = [];
  #prefix = 'cw';

  private constructor(folder: string, standIn: StandIn) {
    this.folder = folder;
    this.standIn = standIn;
    this.#others = EventStoreDBClient.connectionString(standIn.url);
  }

  /** @param kept whether it has its log again after it was killed */
  static async started(kept = false): Promise<StoreUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-store-'));
    const standIn = await StandIn.started(kept ? join(folder, 'of-the-stand-in') : undefined);
    return new StoreUnderTest(folder, standIn);
  }

  /** For the next test: behaves well, and has no log yet, under another prefix. */
  async anew(): Promise<void> {
    await Promise.all(this.#logs.splice(0).map((log) => log.close()));
    await this.standIn.behave({});
    this.#prefix = `t${crypto.randomUUID().slice(0, 8)}`;
  }

  /** What the stream of a test event is called here. */
  stream(n: number): string {
    return this.#prefix + testStream(n).slice('cw'.length);
  }

  get prefix(): string {
    return this.#prefix;
  }

  async open(options: Partial<OpenEventStoreDbOptions> = {}): Promise<EventStoreDbEventLog> {
    const log = await openEventStoreDbLog({
      address: addressOf(this.standIn.url),
      folder: ':memory:',
      prefix: this.#prefix,
      exercise: true,
      logId: testId(0),
      now: () => FIRST_INSTANT,
      clock: Date.now,
      ...options,
    });
    this.#logs.push(log);
    return log;
  }

  /** Writes to the store behind the back of every node. */
  async write(
    stream: string,
    event: EventToAppend | { data: object; type?: string },
  ): Promise<void> {
    const isOurs = 'envelope' in event;
    await this.#others.appendToStream(
      stream,
      jsonEvent({
        id: isOurs ? event.envelope.id : crypto.randomUUID(),
        type: isOurs ? event.envelope.type : (event.type ?? 'anything'),
        data: isOurs ? JSON.parse(event.leaf) : event.data,
      }),
    );
  }

  /** Whether anything stands in a stream, asked of the store itself. */
  async has(stream: string): Promise<boolean> {
    try {
      let events = 0;
      // To its end: a read that is left earlier is never let go, and the client waits for it when it ends.
      for await (const { event } of this.#others.readStream(stream)) if (event) events += 1;
      return events > 0;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return false;
      throw error;
    }
  }

  async writeMany(stream: string, count: number): Promise<void> {
    for (let written = 0; written < count; written += 500) {
      const events = Array.from({ length: 500 }, (_, n) => jsonEvent({ type: 'x', data: { n } }));
      await this.#others.appendToStream(stream, events);
    }
  }

  get others(): EventStoreDBClient {
    return this.#others;
  }

  async end(): Promise<void> {
    await Promise.all(this.#logs.map((log) => log.close()));
    await this.#others.dispose();
    await this.standIn.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function addressOf(url: string): StoreAddress {
  const address = readStoreAddress(url, process.cwd());
  if (typeof address === 'string') throw new Error(address);
  return address;
}

/** Waits until a fact holds. The limit is a guard against hanging, not a measure: machines are busy. */
export async function until(fact: () => boolean | Promise<boolean>, ms = 100_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await fact())) {
    if (performance.now() > end) throw new Error(`not so within ${ms} ms: ${fact.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function idsOf(log: EventLog): Promise<readonly string[]> {
  return (await log.page(-1, 1_000)).events.map(({ envelope }) => envelope.id);
}
