import type { Contender } from '../harness.ts';
import { emmettPostgres, emmettSqlite } from './emmett.ts';
import { postgresUrl } from './postgres-database.ts';
import { postgresTable } from './postgres-table.ts';

/** Peers that sync every event to disk before they acknowledge it; those of PostgreSQL where one is named. */
export function durablePeers(
  writers: number,
  streamsOf: (events: number) => number,
): readonly Contender[] {
  const onPostgres = [emmettPostgres, postgresTable];
  const peers = [emmettSqlite, ...(postgresUrl() === undefined ? [] : onPostgres)];
  return peers.map((peer) => peer(writers, streamsOf));
}
