import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { digestOf } from '@ceasewatch/tlog/disclosure';
import type { VaultItem } from './event-row.ts';
import type { Place } from './eventstoredb-messages.ts';
import type { VaultRecord } from './eventstoredb-record.ts';
import { nativeSha256 } from './native-sha256.ts';

/**
 * What the vault's streams keep for events that have not come yet. An event nearly always comes within
 * some records of its entry, so an entry waits in memory, and is followed again where the node ends
 * before its event comes; one whose event does not come is written down after a while.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS vault_waiting (
  event_id TEXT NOT NULL, digest TEXT NOT NULL, disclosure TEXT NOT NULL,
  PRIMARY KEY (event_id, digest)
) STRICT;
CREATE TABLE IF NOT EXISTS erased_waiting (
  event_id TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (event_id, digest)
) STRICT;
CREATE TABLE IF NOT EXISTS secret_waiting (event_id TEXT PRIMARY KEY, secret BLOB NOT NULL) STRICT;
`;

export interface Waiting {
  readonly secret: Uint8Array | null;
  /** By digest. */
  readonly items: ReadonlyMap<string, VaultItem>;
}

interface Gathered {
  secret: Uint8Array | null;
  readonly items: Map<string, VaultItem>;
  /** The record before it, behind which it can be followed again; undefined: it cannot. */
  readonly behind: Place | undefined;
  /** How many records had come by then. */
  readonly since: number;
}

/** So many records may come between an entry and its event before the entry is written down. */
const MOST_BETWEEN = 1_024;

export class VaultWaiting {
  readonly #sql: Readonly<Record<keyof typeof STATEMENTS, StatementSync>>;
  /** Not written down yet, the oldest first. */
  readonly #fresh = new Map<string, Gathered>();
  /** Events with something in the tables. */
  readonly #written = new Set<string>();
  #come = 0;

  constructor(db: DatabaseSync) {
    db.exec(TABLES);
    this.#sql = prepareAll(db, STATEMENTS);
    this.#readWritten();
  }

  /** Behind which record following has to go on for what waits in memory; undefined: nothing does. */
  get behind(): Place | undefined {
    const [oldest] = this.#fresh.values();
    return oldest?.behind;
  }

  /** @param behind the record before it */
  keep({ keptFor, kept }: VaultRecord, behind: Place | undefined): void {
    const { secret, disclosures, erased = {} } = kept;
    const since = this.#come;
    const gathered = this.#fresh.get(keptFor) ?? { secret: null, items: new Map(), behind, since };
    this.#fresh.set(keptFor, gathered);
    for (const [digest, name] of Object.entries(erased))
      add(gathered.items, digest, { erased: name });
    for (const each of disclosures) add(gathered.items, digestOf(each, nativeSha256), each);
    gathered.secret ??= secret ?? null;
  }

  /** Disclosures that came for an event that has not come yet, by digest. */
  disclosuresOf(eventId: string): ReadonlyMap<string, VaultItem> {
    const items = new Map(this.#writtenOf(eventId));
    for (const [digest, item] of this.#fresh.get(eventId)?.items ?? []) add(items, digest, item);
    return items;
  }

  #writtenOf(eventId: string): ReadonlyMap<string, VaultItem> {
    const names = this.#sql.erased.all(eventId);
    const rows = this.#sql.disclosures.all(eventId);
    return new Map<string, VaultItem>([
      ...names.map((row) => [String(row['digest']), { erased: String(row['name']) }] as const),
      ...rows.map((row) => [String(row['digest']), String(row['disclosure'])] as const),
    ]);
  }

  /** What was kept for an event, which waits no longer. */
  take(eventId: string): Waiting {
    const fresh = this.#fresh.get(eventId);
    if (!this.#written.has(eventId)) {
      this.#fresh.delete(eventId);
      return fresh ?? NOTHING;
    }
    const items = this.disclosuresOf(eventId);
    const secret = this.#sql.secret.get(eventId)?.['secret'];
    for (const forget of FORGETTING) this.#sql[forget].run(eventId);
    this.#fresh.delete(eventId);
    this.#written.delete(eventId);
    return { secret: secret instanceof Uint8Array ? secret : (fresh?.secret ?? null), items };
  }

  /** At the end of a batch of so many records, before it is committed. */
  writeDown(records: number): void {
    this.#come += records;
    for (const [eventId, { secret, items, behind, since }] of this.#fresh) {
      if (behind !== undefined && this.#come - since <= MOST_BETWEEN) continue;
      for (const [digest, item] of items) {
        if (typeof item === 'string') this.#sql.keep.run(eventId, digest, item);
        else this.#sql.keepErased.run(eventId, digest, item?.erased ?? '');
      }
      if (secret !== null) this.#sql.keepSecret.run(eventId, secret);
      this.#written.add(eventId);
      this.#fresh.delete(eventId);
    }
  }

  /** After a batch that was rolled back. */
  startOver(): void {
    this.#fresh.clear();
    this.#readWritten();
  }

  #readWritten(): void {
    this.#written.clear();
    for (const row of this.#sql.all.iterate()) this.#written.add(String(row['event_id']));
  }
}

const NOTHING: Waiting = { secret: null, items: new Map() };

const STATEMENTS = {
  all: 'SELECT event_id FROM vault_waiting UNION SELECT event_id FROM erased_waiting UNION SELECT event_id FROM secret_waiting',
  keep: 'INSERT OR IGNORE INTO vault_waiting VALUES (?, ?, ?)',
  disclosures: 'SELECT digest, disclosure FROM vault_waiting WHERE event_id = ?',
  noLongerKept: 'DELETE FROM vault_waiting WHERE event_id = ?',
  keepErased: 'INSERT OR IGNORE INTO erased_waiting VALUES (?, ?, ?)',
  erased: 'SELECT digest, name FROM erased_waiting WHERE event_id = ?',
  noLongerErased: 'DELETE FROM erased_waiting WHERE event_id = ?',
  keepSecret: 'INSERT OR IGNORE INTO secret_waiting VALUES (?, ?)',
  secret: 'SELECT secret FROM secret_waiting WHERE event_id = ?',
  noLongerSecret: 'DELETE FROM secret_waiting WHERE event_id = ?',
} as const;
const FORGETTING = ['noLongerKept', 'noLongerErased', 'noLongerSecret'] as const;

/** The first of the same digest stays; but a disclosure says more than the name of an erased one. */
function add(items: Map<string, VaultItem>, digest: string, item: VaultItem): void {
  if (!items.has(digest) || typeof item === 'string') items.set(digest, item);
}

/** One prepared statement for each text. */
export function prepareAll<Name extends string>(
  db: DatabaseSync,
  statements: Readonly<Record<Name, string>>,
): Readonly<Record<Name, StatementSync>> {
  const prepared = Object.entries<string>(statements).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(prepared) as Record<Name, StatementSync>;
}
