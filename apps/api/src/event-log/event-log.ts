import type { Disclosed, Envelope } from '@ceasewatch/domain/recorded-event';
import { MAX_LEAF_BYTES } from '@ceasewatch/tlog/leaf';
import type { EventLogError } from './event-log-error.ts';

/**
 * The record of the centre, as everything else sees it: one ordered log of events over many streams,
 * to which a stream can be appended, and which can be read by stream, by page, or followed for ever.
 *
 * Two adapters answer this port (SQLite in the node's folder, EventStoreDB on a cluster) and both run
 * `event-log.contract.ts`. What the stores cannot do alike stands in `traits`, nowhere else.
 *
 * Rules that hold in both:
 * - An append is atomic and expects either that the stream does not exist or its exact revision.
 * - An acknowledged event has been synced to disk, has one number for ever, and is never altered.
 * - The same events at the same place again are `already` there; a known id with other content is
 *   refused (`id_reused`). What is the same is said in `same-or-not.ts`.
 * - Every failure is an `EventLogError` with a code of its closed list.
 */
export interface EventLog {
  readonly traits: LogTraits;

  /**
   * Appends one to `LOG_LIMITS.maxEvents` events to one stream, all or none, with their vault entries.
   * It answers when they are durable in the store; `numbered` waits until they are seen here as well, and
   * compares them where a store takes a known id for the same event.
   *
   * @throws EventLogError wrong_expected_revision, id_reused, too_large, storage_full,
   *   store_unavailable, outcome_unknown (ask again with the same ids), overloaded
   */
  append(stream: string, expected: Expected, events: readonly EventToAppend[]): Promise<Appended>;

  /**
   * The same answer with the numbers of its events, for which it waits two seconds where others give
   * them too; what has none then keeps `null`. From then on every read at this node shows them.
   *
   * @throws EventLogError id_reused when the id was used for another event first
   */
  numbered(stream: string, appended: Appended): Promise<Appended>;

  /**
   * The number of an event that is in the log, as soon as this node has given it: at once where the
   * log is its own. It waits for as long as this node gets on, and half a minute where it does not.
   *
   * @throws EventLogError store_unavailable, storage_full, outcome_unknown (this node does not see it)
   */
  numberOf(eventId: string): Promise<number>;

  /** The number of an event that this node has, undefined where it has none of that id. Never waits. */
  find(eventId: string): Promise<number | undefined>;

  /**
   * The events of one stream in order, from revision `from` (default 0) to its end. `known`: as far as
   * this node has numbered it, for whoever reads and decides nothing. That never waits.
   */
  source(
    stream: string,
    options?: { readonly from?: number; readonly known?: true },
  ): Promise<StreamSlice>;

  /** Up to `limit` (at most 1,000) events with a number greater than `after`; -1 is the start. */
  page(after: number, limit: number): Promise<LogPage>;

  /**
   * Every event with a number greater than `after`, in order, without gaps or repeats, for ever.
   * It begins behind; `live` says that everything committed has been yielded, `behind` that this
   * consumer was too slow and is being served from the disk again. Both may alternate. A slow
   * consumer costs nobody else anything: events are fetched when they are asked for.
   *
   * It ends quietly when `signal` is aborted.
   *
   * @throws EventLogError position_unknown (the log is shorter than `after`), store_unavailable
   */
  follow(after: number, options?: { readonly signal?: AbortSignal }): AsyncIterable<Followed>;

  /** The newest event that this node has numbered. Answers from memory. */
  head(): LogHead;

  /** How the store is, for health, metrics and the screens. Answers from memory. */
  condition(): LogCondition;
}

/**
 * `here`: it reads and writes. `full`: the disk has no room, writing is tried again with every append.
 * `away`: it cannot be written now (a network, a failing disk), and that may pass. `damaged`: what is
 * read is not what was written; nothing is written any more until people have put a sound copy in place.
 */
export type StoreState = 'here' | 'full' | 'away' | 'damaged';

export interface LogCondition {
  readonly store: StoreState;
  /** How long it has been so, in milliseconds. */
  readonly forMs: number;
  /** Appends that wait for the store. */
  readonly waiting: number;
  /** One clause for people: why it is not here. */
  readonly why?: string;
  /**
   * Since when nobody can say whether there is more in the store than this node has (RFC 3339, UTC).
   * Absent while it is known, and always where the store is the node's own.
   */
  readonly staleSince?: string;
  /** Present when damaged. */
  readonly damage?: LogDamage;
  /** What others wrote into the log's streams: it is no event of it, has no number, and stops nothing. */
  readonly unreadable?: readonly Unreadable[];
  /** Absent where the store is somebody else's, or where nobody asked for it. */
  readonly verification?: LogVerification;
}

export interface LogVerification {
  /** The chain is known to hold up to this event; -1 before the first. */
  readonly verifiedTo: number;
  /** Why nobody looks further: not damage. */
  readonly failure?: string;
}

export interface Unreadable {
  readonly stream: string;
  readonly revision: number;
  /** One clause for people. */
  readonly why: string;
}

export interface LogDamage {
  /** The first event that nobody can vouch for; absent where it is not known (an index). */
  readonly seq?: number;
  /** One clause for people: `its leaf is not the one that was hashed`. */
  readonly why: string;
}

/** `none`: the stream must not exist. A number: the revision of its last event. */
export type Expected = 'none' | number;

export interface EventToAppend {
  readonly envelope: Envelope;
  /** Canonical JSON (RFC 8785) of the envelope: the bytes that are stored and hashed. */
  readonly leaf: string;
  /** SHA-256(0x00 ‖ leaf), made when it was sealed, before it waits for the writer. */
  readonly leafHash: Uint8Array;
  /** Absent when the event discloses nothing. */
  readonly vault?: VaultEntry;
  /** The envelope is what reading the leaf gives, member for member in that order. */
  readonly isAsRead?: true;
}

export interface VaultEntry {
  /** 32 random bytes from which the salts were made; drawn once per event id, never again. */
  readonly secret: Uint8Array;
  /** In the order of their digests in `data._sd`. */
  readonly disclosures: readonly string[];
}

export interface Appended {
  readonly outcome: 'appended' | 'already';
  /** Revision of the last of these events in its stream. */
  readonly revision: number;
  readonly events: readonly AppendedEvent[];
}

export interface AppendedEvent {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  /** Recorded at: for `already` the time of the first answer. */
  readonly time: string;
  /** `null`: durable in the store, but not yet seen and numbered by this node. Never with SQLite. */
  readonly seq: number | null;
}

/** One disclosure of an event: what a reader of the log gets to see of it. */
export type StoredDisclosure = Disclosed & {
  /** Its place in the leaf, `base64url(SHA-256(disclosure))`. */
  readonly digest: string;
  /** The text that proves the value against the digest; present when shown. */
  readonly disclosure?: string;
};

interface Leaf {
  readonly envelope: Envelope;
  readonly leaf: string;
  /** SHA-256(0x00 ‖ leaf), 32 bytes. */
  readonly leafHash: Uint8Array;
  /** By name; by digest where the name is not known (withheld, or erased elsewhere). */
  readonly disclosed: Readonly<Record<string, StoredDisclosure>>;
}

/** An event of the log as it was read back; it is also a `RecordedEvent` of the domain. */
export interface StoredEvent extends Leaf {
  readonly seq: number;
  /** SHA-256(chain of the event before ‖ leafHash), 32 bytes. */
  readonly chain: Uint8Array;
}

/** An event of a stream; a store of several nodes may know it before this node has numbered it. */
export interface StreamEvent extends Leaf {
  readonly seq: number | null;
}

export interface StreamSlice {
  readonly events: readonly StreamEvent[];
  /** What the next append has to expect: `none` when the stream does not exist. */
  readonly revision: Expected;
  /** Present when others may have appended more: then it is thrown by whoever would decide on it. */
  readonly staleBecause?: EventLogError;
}

export interface LogPage {
  readonly events: readonly StoredEvent[];
  /** Number of the last event of the page, `after` when it is empty. */
  readonly reached: number;
  /** Whether nothing came after it when it was read; a full page does not know. */
  readonly atHead: boolean;
}

export type Followed =
  | { readonly kind: 'batch'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'live' }
  | { readonly kind: 'behind' };

export interface LogHead {
  readonly seq: number;
  readonly chain: Uint8Array;
  /** The latest `time` of any event so far (its running maximum). */
  readonly time: string;
  readonly logId: string;
  readonly exercise: boolean;
}

/** The honest place for what differs between the stores. */
export interface LogTraits {
  readonly store: 'sqlite' | 'eventstoredb';
  /** Whether `append` always knows the number (`seq`) of what it appended. */
  readonly numbersAtAppend: boolean;
  /** Whether events lie in the order in which `append` was called, also where nobody awaits each answer. */
  readonly keepsOrderOfCalls: boolean;
  /** Within what an id is refused when it was used before for something else. */
  readonly uniqueIds: 'log' | 'stream';
  /** Whether an outcome can be unknown in ordinary operation (a network lies between). */
  readonly unknownOutcomes: boolean;
}

/** The limits of event-format.md, the same in both stores. */
export const LOG_LIMITS = {
  /** One append; a centre file becomes its founding events in one. */
  maxEvents: 500,
  maxLeafBytes: MAX_LEAF_BYTES,
  /** Leaves of one append together: below the smallest server limit (1 MiB) with room for framing. */
  maxAppendBytes: 786_432,
  /** Disclosures of one event together. */
  maxDisclosureBytes: 131_072,
  /** Events of one page. */
  maxPage: 1_000,
  /** Appends that wait for the store: some two seconds at the rate that this class of machine sustains alone. */
  mostWaiting: 4_096,
} as const;

/** What Nest knows the log of this node by. */
export const EVENT_LOG = Symbol('event log');
