import type { Contender } from '../harness.ts';
import { emmettPostgres, emmettSqlite } from './emmett.ts';
import { eventStore, eventStoreUrl } from './event-store.ts';
import { postgresUrl } from './postgres-database.ts';
import { postgresTable } from './postgres-table.ts';

/**
 * Peers that sync every event to disk before they acknowledge it; those of a server where one is named.
 *
 * @param units of a round, where as many as the product's would take them minutes
 */
export function durablePeers(
  writers: number,
  streamsOf: (events: number) => number,
  units?: number,
): readonly Contender[] {
  const onPostgres = [emmettPostgres, postgresTable];
  const peers = [
    emmettSqlite,
    ...(postgresUrl() === undefined ? [] : onPostgres),
    ...(eventStoreUrl() === undefined ? [] : [eventStore]),
  ];
  const fewer = units === undefined ? {} : { units };
  return peers.map((peer) => ({ ...peer(writers, streamsOf), ...fewer }));
}
