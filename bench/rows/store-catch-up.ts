import { join } from 'node:path';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { eventIdBytes } from '@ceasewatch/tlog/event-id';
import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';
import { nativeLeafHash, nativeSha256 } from '../../apps/api/dist/event-log/native-sha256.js';
import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import { freshFolder, removeFolder } from '../disk.ts';
import type { Contender, Row, Running } from '../harness.ts';
import { LOG_ID, type SampleEvent, sampleEvents } from '../sample-events.ts';
import {
  BARE_CLIENT,
  openNode,
  type OwnStore,
  ownStore,
  recordsOf,
  THE_STORE,
} from '../store-contenders.ts';

/**
 * A node without a folder follows the whole log into its copy: numbered, hashed, chained, on disk. The
 * bare client receives the same events and drops them: no node can, for what came is not to be lost or
 * altered here either. So it stands once more with the least that has to be done with an event: its leaf
 * hashed and chained, and the very rows of the copy written by raw node:sqlite, their bytes made
 * beforehand. That is the limit, in one thread like the node; nothing is read or judged there.
 *
 * None can stop on the way, so all of it is followed in the measured run and none of it before.
 */
const IN_A_STREAM = 400;
const LIMIT = 'the bare client, events hashed and written';
/** Events of one transaction, as many as the node takes. */
const GROUP = 256;

interface Filled extends OwnStore {
  /** What is written of an event, by its id. */
  readonly rows: ReadonlyMap<string, RawEvent>;
}

interface RawEvent {
  readonly stream: number;
  readonly revision: number;
  readonly id: Uint8Array;
  readonly leaf: string;
}

let filled: Promise<Filled> | undefined;

/** A log of many long streams, without disclosures, written once for all rounds. */
async function filledStore(events: number): Promise<Filled> {
  const store = await ownStore();
  const { end } = await openNode(store);
  await end();
  const client = new BareClient(store.url, store.prefix);
  const streams = Math.ceil(events / IN_A_STREAM);
  const samples = sampleEvents(streams * IN_A_STREAM, streams);
  for (let n = 0; n < streams; n += 1) {
    const records = samples
      .filter((_, at) => at % streams === n)
      .map((sample) => recordsOf(sample, store.prefix).event);
    const [first] = records;
    if (first === undefined) throw new Error('a stream has events');
    await client.append(
      first.stream,
      records.map(({ event }) => event),
    );
  }
  await client.end();
  const rows = samples.map(
    ({ event }, at) => [event.envelope.id, rawEvent(event, 1 + (at % streams))] as const,
  );
  return { ...store, rows: new Map(rows) };
}

function rawEvent({ envelope, leaf }: SampleEvent['event'], stream: number): RawEvent {
  return { stream, revision: envelope.revision, id: eventIdBytes(envelope.id), leaf };
}

function following(
  name: string,
  follow: (store: Filled, events: number) => Promise<() => Promise<void>>,
): Contender {
  return {
    name,
    async start(units, warmUp): Promise<Running> {
      const store = await (filled ??= filledStore(units));
      let end = async (): Promise<void> => undefined;
      return {
        async run(count) {
          if (count !== warmUp) end = await follow(store, units);
        },
        stop: () => end(),
      };
    },
  };
}

/** It is open when it has caught up. */
const node = following('a node from nothing', async (store, events) => {
  const { log, end } = await openNode(store);
  if (log.head().seq < events) throw new Error(`only ${log.head().seq} events are here`);
  return end;
});

const bare = following(BARE_CLIENT, (store, events) => {
  let count = 0;
  // The opening of the log comes first.
  return followed(store, () => (count += 1) > events);
});

const limit = following(LIMIT, async (store, events) => {
  const folder = freshFolder();
  const connection = new WriterConnection(join(folder, 'log.sqlite'));
  // As the copy: what a power cut takes is followed again.
  connection.db.exec('PRAGMA synchronous = NORMAL');
  const insert = connection.db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  const group: RawEvent[] = [];
  let [seq, chain] = [0, chainStart(LOG_ID, nativeSha256)];
  const write = () => {
    connection.begin();
    for (const { stream, revision, id, leaf } of group.splice(0)) {
      const hash = nativeLeafHash(leaf);
      chain = chainNext(chain, hash, nativeSha256);
      insert.run((seq += 1), stream, revision, id, leaf, hash, chain);
    }
    connection.commit();
  };
  const end = await followed(store, (id) => {
    const row = store.rows.get(id);
    if (row !== undefined) group.push(row);
    if (group.length === GROUP || seq + group.length === events) write();
    return seq === events;
  });
  return async () => {
    await end();
    connection.close();
    removeFolder(folder);
  };
});

/** Resolves with how it is ended, once an event is the last. */
async function followed(
  { url, prefix }: OwnStore,
  isLast: (id: string) => boolean,
): Promise<() => Promise<void>> {
  const client = new BareClient(url, prefix);
  let done = (): void => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  const stop = await client.follow('start', (id) => {
    if (isLast(id)) done();
  });
  await all;
  return async () => {
    await stop();
    await client.end();
  };
}

export const row: Row = {
  name: 'store-catch-up',
  title: `the whole log of ${THE_STORE} followed into an empty node`,
  unit: 'event',
  rounds: 2,
  units: 200_000,
  aim: { ratio: 0.8, of: LIMIT },
  contenders: [node, limit, bare],
};
