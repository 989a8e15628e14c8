import { hash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { observationDecider } from '@ceasewatch/domain/observation/observation.decider';
import { streamOf, subjectOf } from '@ceasewatch/domain/recorded-event';
import { openLog } from '../apps/api/dist/event-log/open-log.js';
import { StreamStates } from '../apps/api/dist/event-log/stream-states.js';
import { freshFolder, removeFolder } from './disk.ts';
import type { Contender } from './harness.ts';
import { LOG_ID, type SampleEvent, sampleEvents } from './sample-events.ts';

/** Observations of so many events each, among which no load meets the one before it. */
const EVENTS = 20;
const OBSERVATIONS = 500;

/** Loads observations one by one: each for the first time, or each as a command before left it. */
export function loading(name: string, kept: 'cold' | 'kept'): Contender {
  return {
    name,
    async start() {
      const { folder, log, subjects } = await written();
      let states = new StreamStates(log);
      let next = 0;
      return {
        async run(count) {
          for (const until = next + count; next < until; next += 1) {
            if (kept === 'cold' && next % OBSERVATIONS === 0) states = new StreamStates(log);
            const subject = subjects[next % OBSERVATIONS] ?? '';
            const { revision } = await states.load(subject, observationDecider);
            if (revision !== EVENTS - 1) throw new Error(`loaded ${subject} up to ${revision}`);
          }
        },
        async stop() {
          await log.close();
          removeFolder(folder);
        },
      };
    },
  };
}

/**
 * The limit: the same rows by one prepared statement and their leaves parsed. `verified`, each of them is
 * hashed and held against its stored hash too, as the log does; `disclosed`, what the vault has of each is
 * held against its digest and opened besides. Nothing is folded.
 */
export function rawLoading(name: string, work: 'parsed' | 'verified' | 'disclosed'): Contender {
  return {
    name,
    async start() {
      const { folder, log, subjects } = await written();
      await log.close();
      const db = new DatabaseSync(join(folder, 'log.sqlite'), { readOnly: true });
      db.exec('PRAGMA cache_size = -16000');
      const vault = work === 'disclosed' ? 'JOIN vault v ON v.seq = e.seq' : '';
      const read = db.prepare(
        `SELECT e.leaf, hex(e.leaf_hash) ${vault && ', v.disclosures'} FROM events e ${vault}
          WHERE e.stream_id = (SELECT id FROM streams WHERE name = ?) ORDER BY e.revision`,
      );
      read.setReturnArrays(true);
      let next = 0;
      return {
        async run(count) {
          for (const until = next + count; next < until; next += 1) {
            for (const row of read.all(streamOf(subjects[next % OBSERVATIONS] ?? ''))) {
              parse(row, work !== 'parsed');
            }
          }
        },
        async stop() {
          db.close();
          removeFolder(folder);
        },
      };
    },
  };
}

function parse(row: unknown, verified: boolean): void {
  const [leaf, stored, vault]: unknown[] = Array.isArray(row) ? row : [];
  if (typeof leaf !== 'string' || typeof stored !== 'string') throw new Error('no row of the log');
  if (verified && hash('sha256', `\0${leaf}`, 'hex') !== stored.toLowerCase()) {
    throw new Error('damaged');
  }
  const { data } = JSON.parse(leaf);
  if (typeof vault === 'string') open(JSON.parse(vault), data._sd);
}

function open(disclosures: readonly string[], digests: readonly string[]): void {
  disclosures.forEach((disclosure, at) => {
    if (hash('sha256', disclosure, 'base64url') !== digests[at]) throw new Error('damaged');
    JSON.parse(Buffer.from(disclosure, 'base64url').toString());
  });
}

async function written() {
  const folder = freshFolder();
  const now = () => Date.UTC(2026, 7, 15);
  const log = await openLog({ folder, exercise: true, logId: LOG_ID, now });
  const events = sampleEvents(OBSERVATIONS * EVENTS, OBSERVATIONS);
  await Promise.all(streamsOf(events).map(([stream, own]) => log.append(stream, 'none', own)));
  return { folder, log, subjects: events.slice(0, OBSERVATIONS).map(subjectOfSample) };
}

function subjectOfSample({ stream }: SampleEvent): string {
  return subjectOf(stream);
}

function streamsOf(samples: readonly SampleEvent[]) {
  const streams = new Map<string, SampleEvent['event'][]>();
  for (const { stream, event } of samples) {
    const own = streams.get(stream) ?? [];
    streams.set(stream, own);
    own.push(event);
  }
  return [...streams];
}
