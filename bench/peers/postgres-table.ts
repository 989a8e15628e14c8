import { eventIdBytes, eventIdOf } from '@ceasewatch/tlog/event-id';
import { byWriters } from '../contenders.ts';
import type { Contender } from '../harness.ts';
import type { FollowedStore } from '../paced.ts';
import { type SampleEvent, sampleEvents } from '../sample-events.ts';
import { installPeer } from './peer-packages.ts';
import { connectionsOf, freshDatabase, poolOf, type PostgresPool } from './postgres-database.ts';

export const TABLE_WITH_NOTIFY = 'a PostgreSQL table with NOTIFY';

/** What many teams build: one table, one statement an event, and a notification for whoever follows. */
const TABLE = `CREATE TABLE events (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream text NOT NULL,
  revision integer NOT NULL,
  event_id bytea NOT NULL UNIQUE,
  leaf text NOT NULL,
  leaf_hash bytea NOT NULL,
  UNIQUE (stream, revision)
)`;
const APPEND = `WITH kept AS (
  INSERT INTO events (stream, revision, event_id, leaf, leaf_hash) VALUES ($1, $2, $3, $4, $5) RETURNING seq
) SELECT pg_notify('events', seq::text) FROM kept`;
const NEWER = 'SELECT seq, event_id FROM events WHERE seq > $1 ORDER BY seq';

export function postgresTable(writers: number, streamsOf: (events: number) => number): Contender {
  return {
    name: TABLE_WITH_NOTIFY,
    async start(units) {
      installPeer('emmett-postgresql');
      const database = await freshDatabase();
      const pool = await poolOf(database.url, connectionsOf(writers));
      await pool.query(TABLE);
      const events = sampleEvents(units, streamsOf(units));
      return {
        run: byWriters(writers, events, (sample) => append(pool, sample)),
        async stop() {
          await pool.end();
          await database.drop();
        },
      };
    },
  };
}

async function append(pool: PostgresPool, { stream, event }: SampleEvent): Promise<void> {
  const { envelope, leaf, leafHash } = event;
  const id = Buffer.from(eventIdBytes(envelope.id));
  await pool.query(APPEND, [stream, envelope.revision, id, leaf, Buffer.from(leafHash)]);
}

/**
 * Whoever listens reads what is newer than the last that it has, at every notification. One connection
 * writes: of two at once the smaller number may be committed later, and is then never read.
 */
export async function followedTable(told: (id: string) => void): Promise<FollowedStore> {
  installPeer('emmett-postgresql');
  const database = await freshDatabase();
  const writer = await poolOf(database.url, 1);
  await writer.query(TABLE);
  const pool = await poolOf(database.url, 2);
  const listener = await pool.connect();
  let newest = 0;
  let reading: Promise<void> = Promise.resolve();
  const read = async () => {
    const { rows } = await pool.query(NEWER, [newest]);
    for (const { seq, event_id: id } of rows) {
      if (!(id instanceof Uint8Array)) throw new Error('the id of an event is no bytes');
      newest = Number(seq);
      told(eventIdOf(id));
    }
  };
  listener.on('notification', () => void (reading = reading.then(read)));
  await listener.query('LISTEN events');
  return {
    append: (sample) => append(writer, sample),
    async stop() {
      await reading;
      listener.release(true);
      await pool.end();
      await writer.end();
      await database.drop();
    },
  };
}
