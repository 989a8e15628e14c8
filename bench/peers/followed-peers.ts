import { type FollowedStore, followedContender } from '../paced.ts';
import type { Peer } from '../harness.ts';
import { EMMETT_POSTGRES, followedEmmettPostgres } from './emmett.ts';
import { EVENT_STORE, eventStoreUrl, followedEventStore } from './event-store.ts';
import { postgresUrl } from './postgres-database.ts';
import { followedTable, TABLE_WITH_NOTIFY } from './postgres-table.ts';

type Open = (told: (id: string) => void) => Promise<FollowedStore>;

/** A follower here has an event in half the time at most that one of EventStoreDB waits for it. */
const TWICE = { surpassed: 2 };

/** Peers that tell a follower in the same process; those of a server where one is named. */
export function followedPeers(perSecond: number): readonly Peer[] {
  const peer = (name: string, open: Open): Peer => followedContender(name, perSecond, open);
  const ofEventStore = [{ ...peer(EVENT_STORE, followedEventStore), ...TWICE }];
  const onPostgres = [
    peer(EMMETT_POSTGRES, followedEmmettPostgres),
    peer(TABLE_WITH_NOTIFY, followedTable),
  ];
  return [
    ...(eventStoreUrl() === undefined ? [] : ofEventStore),
    ...(postgresUrl() === undefined ? [] : onPostgres),
  ];
}
