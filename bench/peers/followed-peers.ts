import { type FollowedStore, followedContender } from '../paced.ts';
import type { Peer } from '../harness.ts';
import { EMMETT_POSTGRES, followedEmmettPostgres, LOOKS_EVERY_MS } from './emmett.ts';
import { EVENT_STORE, EVENT_STORE_VARIABLE, followedEventStore } from './event-store.ts';
import { POSTGRES_VARIABLE } from './postgres-database.ts';
import { followedTable, TABLE_WITH_NOTIFY } from './postgres-table.ts';

type Open = (told: (id: string) => void) => Promise<FollowedStore>;

/** A follower here has an event in half the time at most that one of EventStoreDB waits for it. */
const TWICE = { surpassed: 2 };

/** Peers that tell a follower in the same process; they are measured where their server is named. */
export function followedPeers(perSecond: number): readonly Peer[] {
  const peer = (name: string, open: Open): Peer => followedContender(name, perSecond, open);
  return [
    { ...peer(EVENT_STORE, followedEventStore), ...TWICE, needs: EVENT_STORE_VARIABLE },
    {
      ...peer(EMMETT_POSTGRES, followedEmmettPostgres),
      needs: POSTGRES_VARIABLE,
      looksEveryMs: LOOKS_EVERY_MS,
    },
    { ...peer(TABLE_WITH_NOTIFY, followedTable), needs: POSTGRES_VARIABLE },
  ];
}
