import type { Peer } from '../harness.ts';
import { emmettPostgres, emmettSqlite } from './emmett.ts';
import { eventStore, EVENT_STORE_VARIABLE } from './event-store.ts';
import { POSTGRES_VARIABLE } from './postgres-database.ts';
import { postgresTable } from './postgres-table.ts';

/**
 * Peers that sync every event to disk before they acknowledge it; those of a server are measured where one is named.
 *
 * @param units of a round, where as many as the product's would take them minutes
 */
export function durablePeers(
  writers: number,
  streamsOf: (events: number) => number,
  units?: number,
): readonly Peer[] {
  const peers: readonly Peer[] = [
    emmettSqlite(writers, streamsOf),
    { ...emmettPostgres(writers, streamsOf), needs: POSTGRES_VARIABLE },
    { ...postgresTable(writers, streamsOf), needs: POSTGRES_VARIABLE },
    { ...eventStore(writers, streamsOf), needs: EVENT_STORE_VARIABLE },
  ];
  return peers.map((peer) => (units === undefined ? peer : { ...peer, units }));
}
