import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import { carryCopy } from '../apps/api/src/carry-copy.ts';
import type { EventLog } from '../apps/api/src/event-log/event-log.ts';
import { readStoreAddress } from '../apps/api/src/event-log/eventstoredb-address.ts';
import { StoreNames } from '../apps/api/src/event-log/eventstoredb-names.ts';
import { proposedEvent, vaultEvent } from '../apps/api/src/event-log/eventstoredb-record.ts';
import { openEventStoreDbLog } from '../apps/api/src/event-log/open-eventstoredb-log.ts';
import { bareEvent, BareClient } from '../apps/api/src/event-log/testing/bare-client.ts';
import { StandIn } from '../apps/api/src/event-log/testing/stand-in.ts';
import { freshFolder, removeFolder } from './disk.ts';
import type { Contender } from './harness.ts';
import { LOG_ID, type SampleEvent, sampleEvents } from './sample-events.ts';

/**
 * The log on a store beside the bare client that does the same with it: the same records in the same
 * order, a vault entry and its event, and nothing around them.
 */
export const BARE_CLIENT = 'the bare client, the same records';

const named = env['EVENTSTORE_TEST_URL'];

/** Which store: without `EVENTSTORE_TEST_URL` nothing is said of a real server. */
export const THE_STORE = named === undefined ? 'the stand-in, no real server' : 'a real server';

let standIn: Promise<StandIn> | undefined;

async function storeUrl(): Promise<string> {
  if (named !== undefined) return named;
  standIn ??= StandIn.started();
  return (await standIn).url;
}

/** Streams of nobody else: every contender of every round has a log of its own. */
export interface OwnStore {
  readonly url: string;
  readonly prefix: string;
}

export async function ownStore(): Promise<OwnStore> {
  return { url: await storeUrl(), prefix: `b${randomBytes(6).toString('hex')}` };
}

interface OpenNode {
  readonly log: EventLog;
  end(): Promise<void>;
}

/** A node's log with a folder of its own, and how it is ended. */
export async function openNode({ url, prefix }: OwnStore): Promise<OpenNode> {
  const address = readStoreAddress(url, process.cwd());
  if (typeof address === 'string') throw new Error(address);
  const folder = freshFolder();
  const now = () => Date.UTC(2026, 7, 15);
  const about = { exercise: true, logId: LOG_ID, now, clock: Date.now, carry: carryCopy };
  const log = await openEventStoreDbLog({ address, prefix, folder, ...about });
  const end = async () => {
    await log.close();
    removeFolder(folder);
  };
  return { log, end };
}

/** The very records that an append of the log writes, as the bare client takes them. */
export function recordsOf({ stream, event }: SampleEvent, prefix: string) {
  const names = new StoreNames(prefix);
  const { envelope, leaf, vault } = event;
  const written = proposedEvent(envelope, leaf);
  if (written === undefined || vault === undefined) throw new Error('no sample event');
  return {
    vault: { stream: names.vaultOf(envelope.id), event: bareEvent(vaultEvent(vault)) },
    event: { stream: names.inStore(stream), event: bareEvent(written) },
  };
}

type BareRecords = ReturnType<typeof recordsOf>;

/** As a node does it: first what the vault keeps, then the event. */
export async function appendBare(client: BareClient, { vault, event }: BareRecords): Promise<void> {
  await client.append(vault.stream, [vault.event]);
  await client.append(event.stream, [event.event]);
}

export function storeLog(writers: number): Contender {
  return {
    name: `the log on the store, ${writers} at once`,
    async start(units) {
      const { log, end } = await openNode(await ownStore());
      const append = ({ stream, event }: SampleEvent) => log.append(stream, 'none', [event]);
      return { ...writing(sampleEvents(units, units), writers, append), stop: end };
    },
  };
}

export function bareClient(writers: number): Contender {
  return {
    name: BARE_CLIENT,
    async start(units) {
      const { url, prefix } = await ownStore();
      const client = new BareClient(url, prefix);
      const records = sampleEvents(units, units).map((sample) => recordsOf(sample, prefix));
      const append = (each: BareRecords) => appendBare(client, each);
      return { ...writing(records, writers, append), stop: () => client.end() };
    },
  };
}

function writing<Sample>(
  events: readonly Sample[],
  writers: number,
  append: (sample: Sample) => Promise<unknown>,
) {
  let next = 0;
  return {
    async run(count: number): Promise<void> {
      const end = next + count;
      const write = async () => {
        for (let sample = events[next]; next < end && sample !== undefined; sample = events[next]) {
          next += 1;
          await append(sample);
        }
      };
      await Promise.all(Array.from({ length: writers }, write));
    },
  };
}
