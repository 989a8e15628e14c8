import { setTimeout as waited } from 'node:timers/promises';
import { type Envelope, envelopeSchema } from '@ceasewatch/domain/recorded-event';
import { sameHash } from '@ceasewatch/tlog/chain';
import { z } from 'zod';
import type { EventToAppend, Expected, VaultEntry } from './event-log.ts';
import { EventLogError, isEventLogError } from './event-log-error.ts';
import { EventStoreDbCarrier } from './eventstoredb-carrier.ts';
import {
  type AppendAnswer,
  type StoreClient,
  TRY_MS,
  type Written,
} from './eventstoredb-client.ts';
import type { EventStoreDbFeed } from './eventstoredb-feed.ts';
import type { ProposedEvent } from './eventstoredb-messages.ts';
import { PATIENCE, type Patience, type Until, untilOf } from './eventstoredb-patience.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import {
  type KeptInStore,
  proposedEvent,
  vaultEntryOf,
  vaultEvent,
} from './eventstoredb-record.ts';

/**
 * Writes to the store: one append, tried again with the same ids and the same revision until there is
 * an answer or twelve seconds are over. What was never sent is `store_unavailable` after three; what
 * may have been sent and was never answered is `outcome_unknown`, because a frozen server may still
 * write it.
 */
const proposal = z.object({ first: envelopeSchema });
/** Doubled from try to try: the first failure is mostly one lost packet, the fourth an election of seconds. */
const PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

export class EventStoreDbWriter {
  /** For a log that is moved into the store as a whole. */
  readonly carrier: EventStoreDbCarrier;
  readonly #client: StoreClient;
  readonly #feed: EventStoreDbFeed;
  readonly #names: StoreNames;
  readonly #patience: Patience;

  constructor(
    client: StoreClient,
    feed: EventStoreDbFeed,
    names: StoreNames,
    patience: Patience = PATIENCE,
  ) {
    this.carrier = new EventStoreDbCarrier(client, names);
    this.#client = client;
    this.#feed = feed;
    this.#names = names;
    this.#patience = patience;
  }

  /**
   * A success says that these ids are there, not that these bytes are (T27): the mark says whose they are.
   *
   * @throws EventLogError malformed_append, store_unavailable, outcome_unknown
   */
  async append(
    stream: string,
    expected: Expected,
    events: readonly EventToAppend[],
    mark: string,
    until: Until,
  ): Promise<Written> {
    const sent = events.map(({ envelope, leaf }) => {
      const event = proposedEvent(envelope, leaf);
      if (event !== undefined) return { ...event, mark };
      throw new EventLogError('malformed_append', 'a field of the event has a number for a name');
    });
    return this.#write(this.#names.inStore(stream), expected, sent, until);
  }

  /**
   * Keeps what an event discloses, before the event is written, so that a crash in between leaves
   * nothing that a retry does not mend. The id of the entry follows from what it says: the same entry
   * again is the same, another one is a conflict and not lost in silence.
   *
   * @throws EventLogError secret_already_drawn; store_unavailable also when it is not known whether it
   *   was kept, because of the event nothing was sent
   */
  async keep(eventId: string, entry: VaultEntry, until: Until): Promise<void> {
    const stream = this.#names.vaultOf(eventId);
    const kept = vaultEvent(entry);
    for (let expected: Expected = 'none'; ;) {
      const answer = await this.#writeBefore(stream, expected, [kept], until);
      // An erased event is known to the log; what happens next with its id is said there.
      if (answer.kind !== 'conflict') return;
      const { events } = await this.#client.readStream(stream, 0, 100);
      const entries = events.map(vaultEntryOf);
      const drawn = entries.find((each) => each?.secret !== undefined)?.secret;
      if (drawn !== undefined && !sameHash(drawn, entry.secret)) {
        const facts = { eventId, secret: drawn };
        throw new EventLogError('secret_already_drawn', 'the vault knows this event', facts);
      }
      const there = entries.flatMap((each) => each?.disclosures ?? []);
      if (entry.disclosures.every((each) => there.includes(each))) return;
      // The event was never written with what stands there: somebody was stopped, and says it anew.
      expected = answer.actual;
    }
  }

  /** What is left after an erasure, and the names of what is gone, without the secret, kept with the erasure. */
  async keepLeft(erasure: string, left: KeptInStore): Promise<void> {
    const until = untilOf(this.#patience);
    await this.#writeBefore(this.#names.vaultOf(erasure), 'none', [vaultEvent(left)], until);
  }

  /** Proposes the first event of the log; returns the one that was proposed first, by whomever. */
  async open(proposed: Envelope): Promise<Envelope> {
    const data = JSON.stringify({ first: proposed });
    const event = { id: proposed.id, type: 'log-proposal', data };
    await this.#write(this.#names.opening, 'none', [event], untilOf(this.#patience));
    const { events } = await this.#client.readStream(this.#names.opening, 0, 1);
    const parsed = proposal.safeParse(events[0]?.data);
    if (parsed.success) return parsed.data.first;
    throw new EventLogError('foreign_log', 'what the store proposes as a first event is none');
  }

  async #write(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    until: Until,
    isBefore = false,
  ): Promise<Written> {
    let sent = false;
    const late: Promise<Written>[] = [];
    for (let pause = PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      if (!sent || isBefore) this.#feed.reach.check();
      // A store that is always slow answers none of its tries in time, and each of them after all.
      const answer = await Promise.race([
        ...late,
        this.#once(stream, expected, events, sent ? until.sent : until.notSent, until),
      ]);
      if (answer.kind !== 'not_sent' && answer.kind !== 'no_answer') return answer;
      if (answer.kind === 'no_answer') {
        sent = true;
        if (answer.late !== undefined) late.push(answer.late);
      }
      void this.#feed.suspect();
      if (performance.now() > (sent ? until.sent : until.notSent) - pause) {
        throw sent ? unknown(answer.cause) : away(answer.cause);
      }
      const answered = await Promise.race([...late, waited(pause, undefined)]);
      if (answered !== undefined) return answered;
    }
  }

  /** Into a store that was not asked whether it still is this log's, nothing is written. */
  async #once(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    end: number,
    { sent }: Until,
  ): Promise<AppendAnswer> {
    const now = performance.now();
    const ms = Math.min(TRY_MS, Math.max(1, end - now));
    if (!(await this.#feed.isConfirmed(ms))) {
      return { kind: 'not_sent', cause: new Error('the store has not said yet which log it has') };
    }
    return this.#client.append(stream, expected, events, ms, sent - now);
  }

  /**
   * What has to be there before an event is sent. Whatever becomes of it, the event was not: so a store
   * that is known to be away is not waited for, and one that is only slow is.
   */
  async #writeBefore(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    until: Until,
  ): Promise<Written> {
    try {
      return await this.#write(stream, expected, events, until, true);
    } catch (error) {
      throw isEventLogError(error, 'outcome_unknown') ? away(error) : error;
    }
  }
}

function unknown(cause: unknown): EventLogError {
  const why = `the store has not answered: ${messageOf(cause)}`;
  return new EventLogError('outcome_unknown', why, {}, { cause });
}

function away(cause: unknown): EventLogError {
  const why = `the store is away: ${messageOf(cause)}`;
  return new EventLogError('store_unavailable', why, {}, { cause });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
