import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { eventIdBytes, isEventId } from '@ceasewatch/tlog/event-id';
import type { StreamSlice, Unreadable } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { digestsOf, type EventRow, openedEvent, type VaultItem, vaultRowOf } from './event-row.ts';
import type { Place } from './eventstoredb-messages.ts';
import type {
  LogRecord,
  SettingRecord,
  StoreRecord,
  UnreadableRecord,
} from './eventstoredb-record.ts';
import { Standing } from './eventstoredb-standing.ts';
import { prepareAll, VaultWaiting } from './eventstoredb-vault-waiting.ts';
import { nativeLeafHash, nativeSha256 } from './native-sha256.ts';
import { RecentlyUsed } from './recently-used.ts';
import { WriterConnection } from './sqlite-connection.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';
import type { WriterPosition } from './sqlite-log-writer.ts';
import { SqliteVault } from './sqlite-vault.ts';

/**
 * This node's copy of the log in the store: the same tables as the embedded log, so pages, chain and
 * rebuilds read it in the same way, and reading goes on while the store is away. Here the events get
 * their numbers. The number, the chain and the store's position are committed together, so a node that
 * was killed goes on where its rows end. It can be thrown away: the store has everything.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS unreadable (
  stream TEXT NOT NULL, revision INTEGER NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (stream, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS vanishing (stream TEXT PRIMARY KEY, how TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tombstone_due (event_id TEXT PRIMARY KEY) STRICT;
`;

export interface Arrived {
  readonly record: StoreRecord;
  readonly place: Place;
}

/** What a batch came to: rows that everybody may see, and what became of single events. */
export interface Taken {
  readonly rows: readonly EventRow[];
  readonly erased: readonly { readonly seq: number; readonly vault: string }[];
  readonly seen: readonly Seen[];
}

/** An event of the store as this node knows it: numbered, or passed over for ever. */
export interface Seen {
  readonly stream: string;
  readonly revision: number;
  /** Absent where it was passed over, and then why. */
  readonly row?: EventRow;
  readonly why?: string;
  /** Which append wrote it, where that is known still. */
  readonly mark?: string | undefined;
}

/** Carries the copy's WAL over into its main file, in a thread of its own. */
export interface Carrying {
  /** Between two batches: what has to be waited for, with the event loop free, before the next. */
  room(): Promise<unknown> | undefined;
  /** What was erased is not to be found in it any more. */
  empty(): void;
  close(): Promise<void>;
}

export type Carry = (file: string, db: DatabaseSync) => Carrying;

/** Carried over by the commit that completes them, where no thread does it: they hold it up for 10 ms. */
const CARRIED_PAGES = 1_000;
/** So many newest events whose appends are told apart. */
const MOST_MARKS = 8_192;

export class EventStoreDbCopy {
  readonly reader: SqliteLogReader;
  readonly #connection: WriterConnection;
  readonly #carrying: Carrying | undefined;
  readonly #vault: SqliteVault;
  readonly #waiting: VaultWaiting;
  readonly #standing: Standing;
  readonly #streams = new Map<string, number>();
  readonly #marks = new RecentlyUsed<string, string>(MOST_MARKS);
  readonly #sql: Readonly<Record<Statement, StatementSync>>;
  #position: WriterPosition | undefined;
  #logId: string | undefined;

  constructor(file: string, carry?: Carry) {
    this.#connection = new WriterConnection(file);
    const { db } = this.#connection;
    // What a power cut takes from here is followed again from the store.
    db.exec(`PRAGMA synchronous = NORMAL; ${TABLES}`);
    this.#carrying = carry?.(file, db);
    db.exec(`PRAGMA wal_autocheckpoint = ${this.#carrying === undefined ? CARRIED_PAGES : 0}`);
    this.reader = new SqliteLogReader(db);
    this.#vault = new SqliteVault(db);
    this.#waiting = new VaultWaiting(db);
    this.#standing = new Standing(db);
    this.#sql = prepareAll(db, STATEMENTS);
    if (this.reader.lastSeq() === -1) return;
    const { seq, chain } = this.reader.head();
    const numbered = this.#standing.now?.numbered;
    if (numbered === undefined) {
      this.#connection.close();
      throw new EventLogError('log_corrupt', 'the copy does not know how far it has followed');
    }
    this.#position = { seq, chain, time: numbered.latestTime };
    this.#logId = this.reader.identity().logId;
  }

  /** Where numbering stands; undefined before event 0. */
  get position(): WriterPosition | undefined {
    return this.#position;
  }

  /** Behind which record following goes on; undefined: from the start. */
  get followed(): Place | undefined {
    return this.#standing.now?.followed;
  }

  /** The newest numbered event and where the store has to have it. */
  get newest(): { readonly id: string; readonly place: Place } | undefined {
    return this.#standing.now?.numbered;
  }

  get unreadable(): readonly Unreadable[] {
    return this.#sql.allUnreadable.all().map((row) => ({
      stream: String(row['stream']),
      revision: Number(row['revision']),
      why: String(row['why']),
    }));
  }

  /** Streams whose settings make events vanish. */
  get vanishing(): readonly string[] {
    return this.#sql.allVanishing
      .all()
      .map((row) => `${String(row['stream'])} (${String(row['how'])})`);
  }

  get tombstonesDue(): readonly string[] {
    return this.#sql.tombstonesDue.all().map((row) => String(row['event_id']));
  }

  tombstoned(eventId: string): void {
    this.#sql.tombstoned.run(eventId);
  }

  /** The revision of a stream's next event, as far as this node has followed. */
  nextRevision(stream: string): number {
    const row = this.#sql.nextRevision.get(stream, stream);
    return Number(row?.['next'] ?? 0);
  }

  source(stream: string, from: number): StreamSlice {
    return this.reader.source(stream, from);
  }

  /** What became of the record at a place; undefined while this node has not followed so far. */
  seenAt(stream: string, revision: number, eventId: string): Seen | undefined {
    const why = this.#sql.whyPassedOver.get(stream, revision)?.['why'];
    if (why !== undefined) return { stream, revision, why: String(why) };
    if (revision >= this.nextRevision(stream)) return undefined;
    const row = this.reader.rowById(eventId);
    return row && { stream, revision, row, mark: this.#marks.get(eventId) };
  }

  /** Disclosures that came for an event that has not come yet, by digest. */
  disclosuresWaiting(eventId: string): ReadonlyMap<string, VaultItem> {
    return this.#waiting.disclosuresOf(eventId);
  }

  /** Takes records in the order of the store, all of them or, when it throws, none. */
  take(arrived: readonly Arrived[]): Taken {
    const before = { position: this.#position, logId: this.#logId };
    const stood = this.#standing.now;
    const work: Work = { rows: [], erased: [], seen: [], reached: stood?.reached };
    this.#connection.begin();
    try {
      for (const each of arrived) this.#takeOne(each, work);
      this.#waiting.writeDown(arrived.length);
      this.#stand(work, arrived.at(-1)?.place);
      this.#connection.commit();
      if (work.erased.length > 0 && !this.#connection.checkpoint()) this.#carrying?.empty();
      return work;
    } catch (error) {
      this.#connection.rollback();
      this.#waiting.startOver();
      this.#standing.isAgain(stood);
      this.#position = before.position;
      this.#logId = before.logId;
      this.#streams.clear();
      throw error;
    }
  }

  /** To be waited for between two batches. */
  room(): Promise<unknown> | undefined {
    return this.#carrying?.room();
  }

  async close(): Promise<void> {
    await this.#carrying?.close();
    this.#connection.close();
  }

  #stand({ reached, newest }: Work, last: Place | undefined): void {
    if (reached === undefined || last === undefined) return;
    const numbered =
      newest === undefined || this.#position === undefined
        ? this.#standing.now?.numbered
        : { ...newest, latestTime: this.#position.time };
    this.#standing.becomes({ followed: this.#waiting.behind ?? last, reached, numbered });
  }

  #takeOne({ record, place }: Arrived, work: Work): void {
    const { reached } = work;
    if (reached !== undefined && place.commit <= reached.commit) return this.#takeAgain(record);
    work.reached = place;
    switch (record.kind) {
      case 'event':
        return this.#takeEvent(record, place, work);
      case 'vault':
        return this.#waiting.keep(record, reached);
      case 'setting':
        return this.#takeSetting(record);
      case 'unreadable':
        return this.#passOver(record, work);
      case 'other':
        return undefined;
      default:
        return record satisfies never;
    }
  }

  /** Followed again for the sake of what the vault keeps for events that have not come; all else is here. */
  #takeAgain(record: StoreRecord): void {
    if (record.kind !== 'vault' || this.reader.rowById(record.keptFor) !== undefined) return;
    this.#waiting.keep(record, undefined);
  }

  #takeEvent(record: LogRecord, place: Place, work: Work): void {
    const { stream, revision, envelope, leaf, mark } = record;
    const why = this.#whyNot(record);
    if (why !== undefined) {
      return this.#passOver({ kind: 'unreadable', stream, revision, why }, work);
    }
    const { position } = this;
    const logId = (this.#logId ??= String(envelope.data['logId']));
    const leafHash = nativeLeafHash(leaf);
    const chain = chainNext(
      position?.chain ?? chainStart(logId, nativeSha256),
      leafHash,
      nativeSha256,
    );
    const seq = (position?.seq ?? -1) + 1;
    const id = eventIdBytes(envelope.id);
    const stands = this.#streamId(stream);
    if (this.#sql.insert.run(seq, stands, revision, id, leaf, leafHash, chain).changes === 0) {
      const again = 'its id was used before';
      return this.#passOver({ kind: 'unreadable', stream, revision, why: again }, work);
    }
    const vault = this.#keepDisclosures(seq, record);
    const row = { seq, leaf, leafHash, chain, vault };
    work.rows.push(row);
    work.seen.push({ stream, revision, row, mark });
    if (mark !== undefined) this.#marks.set(envelope.id, mark);
    this.#erase(record, work);
    const time =
      position !== undefined && position.time > envelope.time ? position.time : envelope.time;
    this.#position = { seq, chain, time };
    work.newest = { id: envelope.id, place };
  }

  /** Why an event that reads well is none of this log. */
  #whyNot({ envelope }: LogRecord): string | undefined {
    if (this.#logId === undefined) {
      return envelope.type === 'log.opened.v1' ? undefined : 'the log had not been opened';
    }
    return envelope.source === `urn:ceasewatch:${this.#logId}` ? undefined : 'it is of another log';
  }

  #passOver({ stream, revision, why }: UnreadableRecord, work: Work): void {
    this.#sql.passOver.run(stream, revision, why);
    work.seen.push({ stream, revision, why });
  }

  #takeSetting({ stream, vanishing }: SettingRecord): void {
    if (vanishing === undefined) this.#sql.setSound.run(stream);
    else this.#sql.setVanishing.run(stream, vanishing);
  }

  #keepDisclosures(seq: number, { envelope }: LogRecord): string | null {
    const digests = digestsOf(envelope);
    if (digests.length === 0) return null;
    const { secret, items: waiting } = this.#waiting.take(envelope.id);
    if (!digests.some((digest) => waiting.has(digest))) return null;
    const items = digests.map((digest): VaultItem => waiting.get(digest) ?? null);
    const text = JSON.stringify(items);
    this.#sql.keepVault.run(seq, secret, text);
    return text;
  }

  #erase({ stream, envelope }: LogRecord, work: Work): void {
    if (envelope.type !== 'disclosure.erased.v1') return;
    const { event, digests } = envelope.data;
    if (typeof event !== 'string' || !isEventId(event) || !Array.isArray(digests)) return;
    const row = this.reader.rowById(event);
    if (row === undefined) return;
    const vault = this.#vault.erase(this.#withWhatIsLeft(row, envelope.id), digests.map(String));
    const at = work.rows.findIndex(({ seq }) => seq === row.seq);
    if (at >= 0) work.rows[at] = { ...row, vault };
    work.erased.push({ seq: row.seq, vault });
    for (const kept of this.#keptUnder(stream, event, envelope.id)) this.#sql.tombstone.run(kept);
  }

  /** A node that came after the tombstone finds what was not erased beside the erasure. */
  #withWhatIsLeft(row: EventRow, erasure: string): EventRow {
    const { items: left } = this.#waiting.take(erasure);
    if (left.size === 0) return row;
    const items = row.vault === null ? [] : vaultRowOf(row.vault);
    const digests = digestsOf(openedEvent(row).envelope);
    const filled = digests.map((digest, at) => filledFrom(items[at] ?? null, left.get(digest)));
    return { ...row, vault: JSON.stringify(filled) };
  }

  /** The ids under which disclosures of an event were kept until now: its own and of earlier erasures. */
  #keptUnder(stream: string, event: string, erasure: string): readonly string[] {
    const erasures = this.source(stream, 0).events.filter(
      ({ envelope }) =>
        envelope.type === 'disclosure.erased.v1' &&
        envelope.data['event'] === event &&
        envelope.id !== erasure,
    );
    return [event, ...erasures.map(({ envelope }) => envelope.id)];
  }

  #streamId(name: string): number {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const { changes, lastInsertRowid } = this.#sql.addStream.run(name);
    const id = Number(changes === 1 ? lastInsertRowid : this.#sql.streamId.get(name)?.['id']);
    this.#streams.set(name, id);
    return id;
  }
}

interface Work {
  /** The last event of these that got a number. */
  newest?: { readonly id: string; readonly place: Place };
  readonly rows: EventRow[];
  readonly erased: { readonly seq: number; readonly vault: string }[];
  readonly seen: Seen[];
  /** The last record that was taken. */
  reached: Place | undefined;
}

const STATEMENTS = {
  insert:
    'INSERT INTO events (seq, stream_id, revision, event_id, leaf, leaf_hash, chain) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING',
  addStream: 'INSERT INTO streams (name) VALUES (?) ON CONFLICT DO NOTHING',
  streamId: 'SELECT id FROM streams WHERE name = ?',
  nextRevision: `SELECT 1 + max(
      coalesce((SELECT max(revision) FROM events WHERE stream_id = (SELECT id FROM streams WHERE name = ?)), -1),
      coalesce((SELECT max(revision) FROM unreadable WHERE stream = ?), -1)) AS next`,
  keepVault: 'INSERT INTO vault (seq, secret, disclosures) VALUES (?, ?, ?)',
  passOver: 'INSERT OR REPLACE INTO unreadable VALUES (?, ?, ?)',
  whyPassedOver: 'SELECT why FROM unreadable WHERE stream = ? AND revision = ?',
  allUnreadable: 'SELECT stream, revision, why FROM unreadable ORDER BY stream, revision',
  setVanishing: 'INSERT OR REPLACE INTO vanishing VALUES (?, ?)',
  setSound: 'DELETE FROM vanishing WHERE stream = ?',
  allVanishing: 'SELECT stream, how FROM vanishing ORDER BY stream',
  tombstone: 'INSERT OR IGNORE INTO tombstone_due VALUES (?)',
  tombstonesDue: 'SELECT event_id FROM tombstone_due',
  tombstoned: 'DELETE FROM tombstone_due WHERE event_id = ?',
} as const;
type Statement = keyof typeof STATEMENTS;

/** What is there stays; what was erased before its name was known is named, and never shown again. */
function filledFrom(item: VaultItem, left: VaultItem = null): VaultItem {
  if (item === null) return left;
  const isNameless = typeof item === 'object' && item.erased === null;
  return isNameless && typeof left === 'object' ? (left ?? item) : item;
}
