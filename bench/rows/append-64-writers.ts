import { eventLog, RAW_SQLITE, rawSqlite } from '../contenders.ts';
import type { Row } from '../harness.ts';
import { durablePeers } from '../peers/durable-peers.ts';

/** Sixty-four writers at once, each at the exact revisions of a stream of its own. */
const WRITERS = 64;
const eachWritersOwn = () => WRITERS;

export const row: Row = {
  name: 'append-64-writers',
  title: 'durable append, 64 writers, exact revisions, up to 64 events a transaction',
  unit: 'event',
  rounds: 7,
  units: 25_600,
  aim: { ratio: 0.7, of: RAW_SQLITE },
  contenders: [eventLog(WRITERS, eachWritersOwn), rawSqlite(WRITERS, eachWritersOwn)],
  peers: durablePeers(WRITERS, eachWritersOwn, 3_200),
};
