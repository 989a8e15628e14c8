import { eventLog, RAW_SQLITE, rawSqlite } from '../contenders.ts';
import type { Row } from '../harness.ts';
import { durablePeers } from '../peers/durable-peers.ts';

/** A report after the other, each a new stream, each synced to disk before the next is sent. */
const eachItsOwn = (events: number) => events;

export const row: Row = {
  name: 'append-sequential',
  title: 'durable append, one writer, one event a transaction',
  unit: 'event',
  rounds: 7,
  units: 2_000,
  aim: { ratio: 0.75, of: RAW_SQLITE },
  contenders: [eventLog(1, eachItsOwn), rawSqlite(1, eachItsOwn)],
  peers: durablePeers(1, eachItsOwn),
};
