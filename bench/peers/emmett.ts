import { join } from 'node:path';
import { byWriters } from '../contenders.ts';
import { freshFolder, removeFolder } from '../disk.ts';
import type { Contender } from '../harness.ts';
import type { FollowedStore } from '../paced.ts';
import { type SampleEvent, sampleEvents } from '../sample-events.ts';
import { installPeer, peerModule, versioned } from './peer-packages.ts';
import { connectionsOf, freshDatabase, poolOf, type PostgresPool } from './postgres-database.ts';

/** Emmett's stores, with the same events and the exact version of their stream. */
interface EmmettStore {
  appendToStream(stream: string, events: readonly object[], expected: object): Promise<unknown>;
  consumer(): EmmettConsumer;
  close?(): Promise<void>;
}

/** Asks its store for what is new, again and again, at its own pace. */
export const LOOKS_EVERY_MS = 50;

interface EmmettConsumer {
  reactor(options: EmmettReactor): unknown;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface EmmettReactor {
  readonly processorId: string;
  readonly startFrom: 'BEGINNING';
  eachMessage(message: { readonly metadata: { readonly id: string } }): void;
}

interface EmmettSqlite {
  getSQLiteEventStore(options: { readonly fileName: string }): EmmettStore;
}

interface EmmettPostgres {
  getPostgreSQLEventStore(
    url: string,
    options: { readonly connectionOptions: { readonly pool: PostgresPool } },
  ): EmmettStore;
}

/**
 * SQLite as it sets it up: a log written ahead, synced at every commit, as ours. A second append while
 * one is under way ends in SQLITE_BUSY, so its writers queue here.
 */
export function emmettSqlite(writers: number, streamsOf: (events: number) => number): Contender {
  return appending(EMMETT_SQLITE, writers, streamsOf, openedSqlite);
}

/** On the server of `POSTGRES_TEST_URL`, which is asked for the durability that the product has. */
export function emmettPostgres(writers: number, streamsOf: (events: number) => number): Contender {
  return appending(EMMETT_POSTGRES, writers, streamsOf, () => openedPostgres(writers));
}

const EMMETT_SQLITE = versioned('emmett-sqlite', '@event-driven-io/emmett-sqlite');
export const EMMETT_POSTGRES = versioned('emmett-postgresql', '@event-driven-io/emmett-postgresql');

/**
 * Only of PostgreSQL: in the store of SQLite an append and the consumer's own mark of how far it has come
 * meet in SQLITE_BUSY, which ends the consumer.
 */
export function followedEmmettPostgres(told: (id: string) => void): Promise<FollowedStore> {
  return followedBy(() => openedPostgres(FOLLOWED_WRITERS), told);
}

interface Opened {
  readonly store: EmmettStore;
  append(sample: SampleEvent): Promise<void>;
  end(): Promise<void>;
}

async function openedSqlite(): Promise<Opened> {
  installPeer('emmett-sqlite');
  const { getSQLiteEventStore }: EmmettSqlite = await peerModule(
    'emmett-sqlite',
    '@event-driven-io/emmett-sqlite',
  );
  const folder = freshFolder();
  const store = getSQLiteEventStore({ fileName: join(folder, 'events.db') });
  return {
    store,
    append: oneAtATime((sample) => againIfBusy(() => appendTo(store, sample))),
    async end() {
      await store.close?.();
      removeFolder(folder);
    },
  };
}

/** As many connections as its own pool has, where nobody asks for more. */
const FOLLOWED_WRITERS = 10;

/** Its pool is as large as that of the plain table. */
async function openedPostgres(writers: number): Promise<Opened> {
  installPeer('emmett-postgresql');
  const { getPostgreSQLEventStore }: EmmettPostgres = await peerModule(
    'emmett-postgresql',
    '@event-driven-io/emmett-postgresql',
  );
  const database = await freshDatabase();
  const pool = await poolOf(database.url, connectionsOf(writers));
  const store = getPostgreSQLEventStore(database.url, { connectionOptions: { pool } });
  return {
    store,
    append: (sample) => appendTo(store, sample),
    async end() {
      await store.close?.();
      await pool.end();
      await database.drop();
    },
  };
}

function appending(
  name: string,
  writers: number,
  streamsOf: (events: number) => number,
  open: () => Promise<Opened>,
): Contender {
  return {
    name,
    async start(units) {
      const { append, end } = await open();
      return { run: byWriters(writers, sampleEvents(units, streamsOf(units)), append), stop: end };
    },
  };
}

async function followedBy(
  open: () => Promise<Opened>,
  told: (id: string) => void,
): Promise<FollowedStore> {
  const { store, append, end } = await open();
  // Its tables are made by the first append, and a consumer does not wait for them.
  await store.appendToStream('begun', [{ type: 'begun', data: {}, metadata: {} }], {});
  const consumer = store.consumer();
  consumer.reactor({
    processorId: 'bench',
    startFrom: 'BEGINNING',
    eachMessage: ({ metadata }) => told(metadata.id),
  });
  const following = consumer.start();
  return {
    append,
    async stop() {
      await consumer.close();
      await following;
      await end();
    },
  };
}

async function appendTo(store: EmmettStore, { stream, event }: SampleEvent): Promise<void> {
  const { data, type, ...metadata } = event.envelope;
  const { revision } = metadata;
  const expectedStreamVersion = revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision);
  await store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion });
}

/** Now and then it commits before its own reading has ended, which SQLite refuses: it is rolled back. */
const MOST_TRIES = 20;

async function againIfBusy(act: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
      if (!isBusy || tries === MOST_TRIES) throw error;
    }
  }
}

function oneAtATime<Asked>(act: (asked: Asked) => Promise<void>): (asked: Asked) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (asked) => {
    last = last.then(() => act(asked));
    return last;
  };
}
