import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  AccessDeniedError,
  BACKWARDS,
  END,
  FORWARDS,
  type Position,
  type StreamingRead,
  StreamDeletedError,
  StreamNotFoundError,
  UnknownError,
} from '@eventstore/db-client';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { Expected } from './event-log.ts';
import type { StoreAddress } from './eventstoredb-address.ts';
import { EventLogError } from './event-log-error.ts';
import type { ProposedEvent, ReadEvent } from './eventstoredb-messages.ts';
import { NodeClient, type SentAnswer } from './eventstoredb-node-client.ts';

/**
 * The one client of this process, and everything that has to be known of it (the traps, T1 to T38, of
 * docs/eventstoredb.md). Neither its appends nor its reads ever give up by themselves, so each has a
 * timer here; and no answer of it means more than this file says it does.
 */

export type Written =
  | { readonly kind: 'written'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly actual: Expected }
  /** The stream was tombstoned. */
  | { readonly kind: 'deleted' };

export type AppendAnswer =
  | Written
  /** Nothing left this process. */
  | { readonly kind: 'not_sent'; readonly cause: unknown }
  /** It may have been written, or may still be; `late` settles if its answer comes after all. */
  | { readonly kind: 'no_answer'; readonly cause: unknown; readonly late?: Promise<Written> };

export interface ReadSlice {
  readonly exists: boolean;
  readonly events: readonly ReadEvent[];
}

/** One try of an append or a read. A longer one only makes recovery slower. */
export const TRY_MS = 1_500;
/** A store whose answers take longer than a try is slow; one that has none within this is away. */
const SLOWEST_MS = 3_000;
/** What connecting takes of questions: the network, TLS, who leads, what it can do. */
const QUESTIONS_TO_CONNECT = 2;
/** Of every try: what is left when the answer is looked for once more. */
const LAST_LOOK_MS = 100;
/** The client's own; the feed's question is quicker (`eventstoredb-feed.ts`) and sees more. */
const KEEP_ALIVE_MS = 10_000;
const KEEP_ALIVE_ANSWER_MS = 4_000;

export class StoreClient {
  readonly #address: StoreAddress;
  #client: NodeClient;
  #following: Readable | undefined;
  #isClosed = false;
  /** How long a question is waited for: a store that was found to be slow is given more. */
  #patienceMs = TRY_MS;

  constructor(address: StoreAddress) {
    this.#address = address;
    this.#client = connect(address, this.#patienceMs);
  }

  /**
   * One try of `ms`. `no_answer` and `not_sent` are tried again by the caller, with the same ids.
   *
   * @param ofUseMs for so long the server may write it: an answer that comes late is an answer
   */
  async append(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    ms = TRY_MS,
    ofUseMs = ms,
  ): Promise<AppendAnswer> {
    const client = this.#client;
    const until = performance.now() + ms;
    try {
      await within(client.reached(), ms);
    } catch (cause) {
      // One try is too short for connecting to a slow store: whoever asks a question gives it up.
      if (!(cause instanceof NoAnswer)) this.#renew(client, cause);
      return { kind: 'not_sent', cause };
    }
    // Of many that are under way none is left out because it came late, the next of which came in time.
    const sent = client.send(stream, expected, events, Math.max(ofUseMs, TRY_MS));
    try {
      return answerOf(await within(sent, Math.max(1, until - performance.now())));
    } catch (cause) {
      // Cancelled, unavailable, too late, or without any code (T3): nobody knows.
      return notAnswered(cause, sent);
    }
  }

  /** Up to `limit` events of a stream from a revision on. @throws EventLogError store_unavailable */
  async readStream(stream: string, from: number, limit: number): Promise<ReadSlice> {
    const options = { fromRevision: BigInt(from), maxCount: atLeastOne(limit) };
    return this.#slice((client) => client.readStream(stream, options));
  }

  /** The last event of a stream. @throws EventLogError store_unavailable */
  async readLast(stream: string): Promise<ReadSlice> {
    const options = { fromRevision: END, direction: BACKWARDS, maxCount: 1 } as const;
    return this.#slice((client) => client.readStream(stream, options));
  }

  /** The event at a position; undefined when none begins there (T31). @throws EventLogError store_unavailable */
  async readAt(position: Position): Promise<ReadEvent | undefined> {
    const options = { fromPosition: position, direction: FORWARDS, maxCount: 1 } as const;
    try {
      const [event] = await this.#collected((client) => client.readAll(options));
      return event?.position?.commit === position.commit ? event : undefined;
    } catch (error) {
      if (error instanceof UnknownError && Number(error.code) === INSIDE_OF_A_RECORD)
        return undefined;
      throw unavailable(error);
    }
  }

  /** The position of the newest record of all, of whatever kind. @throws EventLogError store_unavailable */
  async headPosition(): Promise<Position | undefined> {
    const options = { fromPosition: END, direction: BACKWARDS, maxCount: 1 } as const;
    try {
      return (await this.#collected((client) => client.readAll(options)))[0]?.position;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Every record behind a position whose stream has one of the prefixes, for ever: `Said` by `Said`. */
  async follow(from: Position | undefined, prefixes: readonly string[]): Promise<Readable> {
    const client = this.#client;
    const following = await client.following(from, prefixes);
    // Whoever waits for its end gets the cause; without a listener it would end the process (T8b).
    following.on('error', () => undefined);
    if (client === this.#client) this.#following = following;
    else following.destroy(unavailable(new NoAnswer(GIVEN_UP)));
    return following;
  }

  /** Makes a stream unreadable for ever; one that is so already is left so. */
  async tombstone(stream: string): Promise<void> {
    try {
      await within(this.#client.tombstoneStream(stream), SLOWEST_MS);
    } catch (error) {
      if (!(error instanceof StreamDeletedError)) throw unavailable(error);
    }
  }

  /** A connection that says nothing is given up; what waits on it has its own timer. */
  startOver(): void {
    this.#renew(this.#client, new NoAnswer(GIVEN_UP));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await within(this.#client.end()).catch(endedAnyway);
  }

  #renew(client: NodeClient, cause: unknown): void {
    if (client !== this.#client || this.#isClosed) return;
    this.#client = connect(this.#address, this.#patienceMs);
    // The client cancels its calls without a word, so whoever follows has to be told.
    this.#following?.destroy(unavailable(cause));
    client.end().catch(endedAnyway);
  }

  async #slice(ask: Ask): Promise<ReadSlice> {
    try {
      return { exists: true, events: await this.#collected(ask) };
    } catch (error) {
      if (error instanceof StreamNotFoundError || error instanceof StreamDeletedError) {
        return { exists: false, events: [] };
      }
      throw unavailable(error);
    }
  }

  /** Reads wait for ever for a server that is frozen or gone, whatever deadline they are given (T1b). */
  async #collected(ask: Ask): Promise<readonly ReadEvent[]> {
    const client = this.#client;
    try {
      await this.#reached(client);
      const asked = performance.now();
      const events = await this.#answered(ask(client));
      // A connection that is given up ends its reads without a word: what came by then is no answer.
      if (client !== this.#client || this.#isClosed) throw new NoAnswer(GIVEN_UP);
      this.#patienceMs = patienceFor(performance.now() - asked);
      return events;
    } catch (error) {
      if (error instanceof NoAnswer && client === this.#client) {
        this.#patienceMs = patienceFor(this.#patienceMs);
        this.#renew(client, error);
      }
      throw error;
    }
  }

  async #reached(client: NodeClient): Promise<void> {
    try {
      await within(client.reached(), QUESTIONS_TO_CONNECT * this.#patienceMs);
    } catch (error) {
      // What went wrong once it would be told for ever.
      if (!(error instanceof NoAnswer)) this.#renew(client, error);
      throw error;
    }
  }

  async #answered(read: StreamingRead<Resolved>): Promise<readonly ReadEvent[]> {
    read.on('error', () => undefined);
    try {
      return await within(collect(read), this.#patienceMs);
    } catch (error) {
      if (error instanceof NoAnswer) read.cancel().catch(endedAnyway);
      throw error;
    }
  }
}

type Ask = (client: NodeClient) => StreamingRead<Resolved>;

/** Twice what the last answer took, or what was waited in vain. */
function patienceFor(tookMs: number): number {
  return Math.min(SLOWEST_MS, Math.max(TRY_MS, 2 * tookMs));
}

interface Resolved {
  readonly event?: ReadEvent | undefined;
}

async function collect(read: StreamingRead<Resolved>): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const { event } of read) if (event !== undefined) events.push(event);
  return events;
}

const INSIDE_OF_A_RECORD = 2;

const GIVEN_UP = 'the connection was given up';

/** A try took longer than it may. */
class NoAnswer extends Error {}

/** @throws EventLogError store_unavailable when it comes later */
export async function unlessLate<Value>(answer: Promise<Value>, ms: number): Promise<Value> {
  try {
    return await within(answer, ms);
  } catch (error) {
    throw error instanceof NoAnswer ? unavailable(error) : error;
  }
}

async function within<Value>(answer: Promise<Value>, ms = TRY_MS): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new NoAnswer(`no answer in ${Math.round(ms)} ms`));
    // In two parts: a thread that was busy for longer first looks whether the answer has come.
    const first = Math.max(0, ms - LAST_LOOK_MS);
    timer = setTimeout(() => (timer = setTimeout(giveUp, ms - first)), first);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(sent: SentAnswer): AppendAnswer {
  if (!('failed' in sent)) return { kind: 'written', revision: Number(sent.revision) };
  const { failed } = sent;
  const details = failed?.getDetails();
  const type = details?.getTypeName() ?? '';
  switch (type) {
    case 'event_store.client.WrongExpectedVersion': {
      const conflict = details?.unpack(sharedPb.WrongExpectedVersion.deserializeBinary, type);
      const isThere = conflict?.hasCurrentStreamRevision() === true;
      return {
        kind: 'conflict',
        actual: isThere ? Number(conflict.getCurrentStreamRevision()) : 'none',
      };
    }
    case 'event_store.client.StreamDeleted':
      return { kind: 'deleted' };
    case 'event_store.client.AccessDenied':
      return { kind: 'not_sent', cause: unavailable(new AccessDeniedError()) };
    default:
      // No leader, too late, or of an unknown kind (T28, T33): nobody knows.
      return { kind: 'no_answer', cause: new Error(failed?.getMessage() || type) };
  }
}

function notAnswered(cause: unknown, sent: Promise<SentAnswer>): AppendAnswer {
  if (isRefusal(cause)) return { kind: 'not_sent', cause: unavailable(cause) };
  if (!(cause instanceof NoAnswer)) return { kind: 'no_answer', cause };
  const late = new Promise<Written>((resolve) => {
    sent.then((said) => {
      const answer = answerOf(said);
      if (answer.kind !== 'not_sent' && answer.kind !== 'no_answer') resolve(answer);
    }, endedAnyway);
  });
  return { kind: 'no_answer', cause, late };
}

function unavailable(cause: unknown): EventLogError {
  if (cause instanceof EventLogError) return cause;
  if (isRefusal(cause)) {
    const why = 'the store refuses the user or the password of its address';
    return new EventLogError('store_unavailable', why, { refused: true }, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new EventLogError('store_unavailable', `the store is away: ${why}`, {}, { cause });
}

/** Nobody is let in with this name and password, or not to do this: waiting does not help. */
function isRefusal(cause: unknown): boolean {
  if (cause instanceof AccessDeniedError) return true;
  return cause instanceof Error && 'code' in cause && REFUSALS.has(Number(cause.code));
}

/** gRPC: permission denied, unauthenticated. */
const REFUSALS: ReadonlySet<number> = new Set([7, 16]);

/** With 0 the server reads for ever (T30). */
function atLeastOne(limit: number): number {
  if (limit < 1) throw new RangeError('a read asks for one event at least');
  return limit;
}

/** What is given up may end as it likes. */
function endedAnyway(): void {
  return undefined;
}

function connect({ endpoints, tls, user }: StoreAddress, patienceMs: number): NodeClient {
  const alive = { keepAliveInterval: KEEP_ALIVE_MS, keepAliveTimeout: KEEP_ALIVE_ANSWER_MS };
  const credentials =
    tls === undefined ? { insecure: true } : { rootCertificate: readFileSync(tls.caFile) };
  const [endpoint, ...others] = endpoints;
  if (endpoint === undefined) throw new RangeError('an address names one server at least');
  if (others.length === 0) return new NodeClient({ ...alive, endpoint }, credentials, user);
  const cluster = {
    endpoints: [...endpoints],
    maxDiscoverAttempts: 2,
    // In seconds: of three servers one may be frozen and asked first.
    gossipTimeout: Math.floor(patienceMs / TRY_MS),
    // Only the leader has read-your-write (T36).
    nodePreference: 'leader' as const,
  };
  return new NodeClient({ ...alive, ...cluster }, credentials, user);
}
