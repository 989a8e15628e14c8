import { join } from 'node:path';
import { byWriters } from '../contenders.ts';
import { freshFolder, removeFolder } from '../disk.ts';
import type { Contender } from '../harness.ts';
import { type SampleEvent, sampleEvents } from '../sample-events.ts';
import { installPeer, peerModule, versioned } from './peer-packages.ts';
import { freshDatabase } from './postgres-database.ts';

/** Emmett's stores, with the same events and the exact version of their stream. */
interface EmmettStore {
  appendToStream(stream: string, events: readonly object[], expected: object): Promise<unknown>;
  close?(): Promise<void>;
}

interface EmmettSqlite {
  getSQLiteEventStore(options: { readonly fileName: string }): EmmettStore;
}

interface EmmettPostgres {
  getPostgreSQLEventStore(url: string): EmmettStore;
}

/**
 * SQLite as it sets it up: a log written ahead, synced at every commit, as ours. A second append while
 * one is under way ends in SQLITE_BUSY, so its writers queue here.
 */
export function emmettSqlite(writers: number, streamsOf: (events: number) => number): Contender {
  return {
    name: versioned('emmett-sqlite', '@event-driven-io/emmett-sqlite'),
    async start(units) {
      installPeer('emmett-sqlite');
      const { getSQLiteEventStore }: EmmettSqlite = await peerModule(
        'emmett-sqlite',
        '@event-driven-io/emmett-sqlite',
      );
      const folder = freshFolder();
      const store = getSQLiteEventStore({ fileName: join(folder, 'events.db') });
      const append = (sample: SampleEvent) => appendTo(store, sample);
      const events = sampleEvents(units, streamsOf(units));
      return {
        run: byWriters(writers, events, oneAtATime(append)),
        async stop() {
          await store.close?.();
          removeFolder(folder);
        },
      };
    },
  };
}

/** On the server of `POSTGRES_TEST_URL`, which is asked for the durability that the product has. */
export function emmettPostgres(writers: number, streamsOf: (events: number) => number): Contender {
  return {
    name: versioned('emmett-postgresql', '@event-driven-io/emmett-postgresql'),
    async start(units) {
      installPeer('emmett-postgresql');
      const { getPostgreSQLEventStore }: EmmettPostgres = await peerModule(
        'emmett-postgresql',
        '@event-driven-io/emmett-postgresql',
      );
      const database = await freshDatabase();
      const store = getPostgreSQLEventStore(database.url);
      const events = sampleEvents(units, streamsOf(units));
      return {
        run: byWriters(writers, events, (sample) => appendTo(store, sample)),
        async stop() {
          await store.close?.();
          await database.drop();
        },
      };
    },
  };
}

async function appendTo(store: EmmettStore, { stream, event }: SampleEvent): Promise<void> {
  const { data, type, ...metadata } = event.envelope;
  const { revision } = metadata;
  const expectedStreamVersion = revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision);
  await store.appendToStream(stream, [{ type, data, metadata }], { expectedStreamVersion });
}

function oneAtATime<Asked>(act: (asked: Asked) => Promise<void>): (asked: Asked) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (asked) => {
    last = last.then(() => act(asked));
    return last;
  };
}
