import { join } from 'node:path';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { eventIdBytes } from '@ceasewatch/tlog/event-id';
import { leafHash } from '@ceasewatch/tlog/leaf';
import { openLog } from '../apps/api/dist/event-log/open-log.js';
import { WriterConnection } from '../apps/api/dist/event-log/sqlite-connection.js';
import { freshFolder, removeFolder } from './disk.ts';
import type { Contender } from './harness.ts';
import { LOG_ID, type SampleEvent, sampleEvents } from './sample-events.ts';

export const RAW_SQLITE = 'raw node:sqlite, identical rows';

/** The product's own log, with so many writers that each wait for their own acknowledgement. */
export function eventLog(writers: number, streamsOf: (events: number) => number): Contender {
  return {
    name: writers === 1 ? 'the log, one writer' : `the log, ${writers} writers`,
    async start(units) {
      const folder = freshFolder();
      const log = await openLog({
        folder,
        exercise: true,
        logId: LOG_ID,
        now: () => Date.UTC(2026, 7, 15),
      });
      const events = sampleEvents(units, streamsOf(units));
      return {
        run: byWriters(writers, events, async ({ stream, event }) => {
          const { revision } = event.envelope;
          await log.append(stream, revision === 0 ? 'none' : revision - 1, [event]);
        }),
        async stop() {
          await log.close();
          removeFolder(folder);
        },
      };
    },
  };
}

/** A run in which so many writers take turns in the events, each of them waiting for its own. */
export function byWriters(
  writers: number,
  events: readonly SampleEvent[],
  append: (sample: SampleEvent) => Promise<void>,
): (count: number) => Promise<void> {
  let next = 0;
  const write = async (writer: number, until: number) => {
    // Every writer has streams of its own, so it always knows their revision.
    for (let at = next + writer; at < until; at += writers) {
      const sample = events[at];
      if (sample !== undefined) await append(sample);
    }
  };
  return async (count) => {
    const until = next + count;
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer, until)));
    next = until;
  };
}

/**
 * The limit: prepared statements that insert the very same rows, `group` events a transaction, with the
 * same durability, and with every byte and hash made before the clock starts.
 */
export function rawSqlite(group: number, streamsOf: (events: number) => number): Contender {
  return {
    name: RAW_SQLITE,
    async start(units) {
      const folder = freshFolder();
      const connection = new WriterConnection(join(folder, 'log.sqlite'));
      const rows = rowsOf(sampleEvents(units, streamsOf(units)));
      const insert = inserter(connection);
      let next = 0;
      return {
        async run(count) {
          const until = next + count;
          while (next < until) {
            connection.begin();
            for (const end = Math.min(next + group, until); next < end; next += 1)
              insert(rows[next]);
            connection.commit();
          }
        },
        async stop() {
          connection.close();
          removeFolder(folder);
        },
      };
    },
  };
}

type RawRow = ReturnType<typeof rowsOf>[number];

function inserter({ db }: WriterConnection): (row: RawRow | undefined) => void {
  const stream = db.prepare('INSERT INTO streams (id, name) VALUES (?, ?)');
  const event = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
  const vault = db.prepare('INSERT INTO vault VALUES (?, ?, ?)');
  return (row) => {
    if (row === undefined) return;
    if (row.revision === 0) stream.run(row.streamId, row.stream);
    event.run(row.seq, row.streamId, row.revision, row.id, row.leaf, row.hash, row.chain);
    vault.run(row.seq, row.secret, row.disclosures);
  };
}

function rowsOf(samples: readonly SampleEvent[]) {
  const streams = new Map<string, number>();
  let chain = chainStart(LOG_ID);
  return samples.map(({ stream, event }, n) => {
    const streamId = streams.get(stream) ?? streams.size + 2;
    streams.set(stream, streamId);
    const hash = leafHash(Buffer.from(event.leaf));
    chain = chainNext(chain, hash);
    return {
      seq: n + 1,
      stream,
      streamId,
      revision: event.envelope.revision,
      id: eventIdBytes(event.envelope.id),
      leaf: event.leaf,
      hash,
      chain,
      secret: event.vault?.secret ?? null,
      disclosures: JSON.stringify(event.vault?.disclosures ?? []),
    };
  });
}
