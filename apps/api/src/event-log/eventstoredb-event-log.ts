import { randomUUID } from 'node:crypto';
import { checkAppend } from './append-rules.ts';
import {
  type Appended,
  type EventLog,
  type EventToAppend,
  type Expected,
  type Followed,
  type LogCondition,
  type LogDamage,
  type LogHead,
  type LogPage,
  type LogTraits,
  type StreamEvent,
  type StreamSlice,
  type Unreadable,
  LOG_LIMITS,
} from './event-log.ts';
import { closed, EventLogError, isEventLogError, tooManyAppends } from './event-log-error.ts';
import { openedEvent } from './event-row.ts';
import { appendedOf, checkSame, conflict, writtenOf } from './eventstoredb-answer.ts';
import { type StoreClient, TRY_MS, unlessLate } from './eventstoredb-client.ts';
import type { EventStoreDbCopy, Taken } from './eventstoredb-copy.ts';
import { EventStoreDbErasing, isErasure } from './eventstoredb-erasing.ts';
import { EventStoreDbFeed } from './eventstoredb-feed.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import { EventStoreDbNumbering } from './eventstoredb-numbering.ts';
import { EventStoreDbStreams } from './eventstoredb-streams.ts';
import { type Patience, untilOf } from './eventstoredb-patience.ts';
import { EventStoreDbWriter } from './eventstoredb-writer.ts';
import { followLog } from './follow-log.ts';
import { LogTail } from './log-tail.ts';
import { namedFailure } from './sqlite-failure.ts';
import { damageOf } from './sqlite-log-reader.ts';

/**
 * The log on a cluster: EventStoreDB holds it, and this node follows it into a copy of its own, in
 * which the events have their numbers. What is appended goes to the store, and is waited for in the
 * node's own copy by whoever wants its number; what is read comes from the copy, but a stream on which
 * somebody decides is read to its end in the store.
 *
 * `openEventStoreDbLog` makes one.
 */
export interface EventStoreDbOptions {
  readonly client: StoreClient;
  readonly copy: EventStoreDbCopy;
  readonly names: StoreNames;
  /** Milliseconds since 1970: since when what is read may be old. */
  readonly clock: () => number;
  /** Called when people have to look at the store: it has another log, or would lose this one. */
  readonly onDamage?: (damage: LogDamage) => void;
  /** Called when the copy is not what was written: it has to be followed anew. */
  readonly onCopyDamage?: (damage: LogDamage) => void;
  readonly watchdogMs?: number;
  readonly patience?: Patience;
  /** Called once by `close`. */
  readonly released?: () => void;
}

/** Who waits for a change that was told looks again all the same: a told one can be lost, and a look costs nothing. */
const AGAIN_MS = 250;
/** Whoever waits for a number gives up when nothing at all was numbered for so long. */
const STANDS_STILL_MS = 30_000;
const DRAIN_MS = 2_000;

export class EventStoreDbEventLog implements EventLog {
  readonly traits: LogTraits = {
    store: 'eventstoredb',
    numbersAtAppend: false,
    keepsOrderOfCalls: false,
    uniqueIds: 'log',
    unknownOutcomes: true,
  };
  readonly feed: EventStoreDbFeed;
  readonly writer: EventStoreDbWriter;
  readonly #options: EventStoreDbOptions;
  readonly #tail = new LogTail();
  readonly #numbering: EventStoreDbNumbering;
  readonly #streams: EventStoreDbStreams;
  readonly #erasing: EventStoreDbErasing;
  readonly #underWay = new Set<Promise<unknown>>();
  #head: LogHead | undefined;
  #unreadable: readonly Unreadable[];
  #closed = false;

  constructor(options: EventStoreDbOptions) {
    this.#options = options;
    const { client, copy, names, clock, watchdogMs, patience } = options;
    this.feed = new EventStoreDbFeed({
      client,
      copy,
      names,
      onTaken: (taken) => this.#taken(taken),
      onCaughtUp: () => this.#tracked(this.#erasing.finish()),
      onDamage: (damage) => options.onDamage?.(damage),
      onCopyDamage: (damage) => options.onCopyDamage?.(damage),
      now: clock,
      ...(watchdogMs === undefined ? {} : { watchdogMs }),
    });
    this.writer = new EventStoreDbWriter(client, this.feed, names, patience);
    this.#streams = new EventStoreDbStreams(client, copy, names);
    this.#numbering = new EventStoreDbNumbering(copy, this.#streams);
    this.#erasing = new EventStoreDbErasing(client, copy, names, this.#streams, this.writer);
    this.#head = headOf(copy);
    this.#unreadable = copy.unreadable;
  }

  async append(
    stream: string,
    expected: Expected,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    if (this.#closed) throw closed();
    if (this.#underWay.size >= LOG_LIMITS.mostWaiting) throw tooManyAppends(LOG_LIMITS.mostWaiting);
    checkAppend(stream, expected, events);
    const appended = await this.#tracked(this.#append(stream, expected, events));
    if (!events.some(isErasure)) return appended;
    const numbered = await this.numbered(stream, appended);
    await this.#tracked(this.#erasing.finish());
    return numbered;
  }

  async numbered(stream: string, appended: Appended): Promise<Appended> {
    return this.#tracked(this.#numbering.numbered(stream, appended));
  }

  async source(
    stream: string,
    { from = 0, known }: { readonly from?: number; readonly known?: true } = {},
  ): Promise<StreamSlice> {
    if (known) return this.#read((copy) => copy.source(stream, from));
    if (this.#closed) throw closed();
    const { notSent } = untilOf(this.#options.patience);
    for (;;) {
      const unasked = this.#whileAway(stream, from);
      if (unasked !== undefined) return unasked;
      try {
        // A slow store is waited for, but nobody longer than is promised where nothing was sent.
        return await unlessLate(this.#streams.source(stream, from), notSent - performance.now());
      } catch (error) {
        void this.feed.suspect();
        if (performance.now() + TRY_MS > notSent) throw error;
        await this.feed.reach.change(AGAIN_MS);
      }
    }
  }

  /** While the store is known to be away: who asks again for a first answer shall have it from here. */
  #whileAway(stream: string, from: number): StreamSlice | undefined {
    try {
      this.feed.reach.check();
      return undefined;
    } catch (error) {
      if (!isEventLogError(error)) throw error;
      return { ...this.#read((copy) => copy.source(stream, from)), staleBecause: error };
    }
  }

  async numberOf(eventId: string): Promise<number> {
    let { seq } = this.head();
    for (let until = performance.now() + STANDS_STILL_MS; ;) {
      if (this.#closed) throw closed();
      const found = await this.find(eventId);
      if (found !== undefined) return found;
      this.feed.reach.check();
      if (performance.now() > until) {
        const why = 'it was recorded, and this node does not see it';
        throw new EventLogError('outcome_unknown', why, { eventId });
      }
      await this.#tail.next(AbortSignal.timeout(AGAIN_MS));
      if (this.head().seq === seq) continue;
      ({ seq } = this.head());
      until = performance.now() + STANDS_STILL_MS;
    }
  }

  async find(eventId: string): Promise<number | undefined> {
    return this.#read(({ reader }) => reader.rowById(eventId))?.seq;
  }

  async page(after: number, limit: number): Promise<LogPage> {
    this.#checkPosition(after);
    return this.#read(({ reader }) => reader.page(after, limit));
  }

  follow(after: number, options: { readonly signal?: AbortSignal } = {}): AsyncIterable<Followed> {
    return followLog(after, options.signal, {
      tail: this.#tail,
      head: () => this.head().seq,
      page: (from, limit) => this.#pageUnlessDamaged(from, limit),
      checkPosition: (position) => this.#checkPosition(position),
    });
  }

  head(): LogHead {
    if (this.#head === undefined) throw new EventLogError('foreign_log', 'the log is not open yet');
    return this.#head;
  }

  condition(): LogCondition {
    const { now: reach, forMs } = this.feed.reach;
    const stale = this.#staleSince();
    return {
      store: reach.store,
      forMs,
      waiting: this.#underWay.size,
      unreadable: this.#unreadable,
      ...(stale === undefined ? {} : { staleSince: stale }),
      ...(reach.store === 'here' ? {} : { why: reach.why }),
      ...(reach.store === 'damaged' ? { damage: damageIn(reach) } : {}),
    };
  }

  /** A node that has not reached the store since it started knows its newest event, and no more. */
  #staleSince(): string | undefined {
    const { staleSince } = this.feed;
    if (staleSince === 'never') return this.#head?.time;
    return staleSince === undefined ? undefined : new Date(staleSince).toISOString();
  }

  /** Lets go of the store once what is under way has its answer. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#drain(DRAIN_MS);
    await this.feed.stop();
    await this.#options.client.close();
    // Without its client whatever is left has its answer within one try.
    await this.#drain(TRY_MS);
    this.#tail.wake();
    await this.#options.copy.close();
    this.#options.released?.();
  }

  async #tracked<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  async #drain(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([Promise.allSettled(this.#underWay), late]);
    clearTimeout(timer);
  }

  async #append(
    stream: string,
    expected: Expected,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    const known = this.#recognised(stream, expected, events);
    if (known !== undefined) return known;
    const until = untilOf(this.#options.patience);
    await this.#erasing.prepare(events);
    for (const { envelope, vault } of events) {
      if (vault !== undefined) await this.writer.keep(envelope.id, vault, until);
    }
    const mark = randomUUID();
    const answer = await this.writer.append(stream, expected, events, mark, until);
    if (answer.kind === 'deleted') {
      const why = `${stream} was made unreadable in the store`;
      throw new EventLogError('store_unavailable', why, { stream });
    }
    if (answer.kind === 'conflict') {
      const { actual } = answer;
      const there = actual === 'none' ? [] : await this.#streams.upTo(stream, actual, until.sent);
      const recognised = this.#recognised(stream, expected, events, there);
      if (recognised !== undefined) return recognised;
      throw conflict(stream, expected, answer.actual);
    }
    return this.#numbering.sent(writtenOf(events), { mark, events, until });
  }

  /** The first answer again, when these events are numbered here already. */
  #recognised(
    stream: string,
    expected: Expected,
    events: readonly EventToAppend[],
    newer: readonly StreamEvent[] = [],
  ): Appended | undefined {
    const kept = events.map((event) => this.#keptAs(event.envelope.id, newer));
    if (kept.every((each) => each === undefined)) return undefined;
    events.forEach((event, at) => {
      const there = kept[at];
      if (there !== undefined) checkSame(stream, there, event);
    });
    const whole = kept.filter((each) => each !== undefined);
    if (whole.length < events.length) {
      // The rest of a command that is only partly there is somebody else's place.
      throw conflict(stream, expected, this.#options.copy.nextRevision(stream) - 1);
    }
    return appendedOf('already', whole);
  }

  #keptAs(id: string, newer: readonly StreamEvent[]): StreamEvent | undefined {
    const row = this.#options.copy.reader.rowById(id);
    if (row !== undefined) return openedEvent(row);
    return newer.find(({ envelope }) => envelope.id === id);
  }

  #read<Result>(read: (copy: EventStoreDbCopy) => Result): Result {
    if (this.#closed) throw closed();
    try {
      return read(this.#options.copy);
    } catch (error) {
      const named = namedFailure(error);
      if (isEventLogError(named, 'log_corrupt')) this.feed.reach.copyIsDamaged(damageOf(named));
      throw named;
    }
  }

  #pageUnlessDamaged(after: number, limit: number): LogPage | undefined {
    try {
      return this.#read(({ reader }) => reader.page(after, limit));
    } catch (error) {
      if (isEventLogError(error, 'log_corrupt')) return undefined;
      throw error;
    }
  }

  #taken({ rows, erased, seen }: Taken): void {
    this.#head = headOf(this.#options.copy);
    this.#tail.push(rows);
    for (const { seq, vault } of erased) this.#tail.forget(seq, vault);
    if (seen.some(({ why }) => why !== undefined)) {
      this.#unreadable = this.#options.copy.unreadable;
    }
    this.#numbering.tell(seen);
  }

  #checkPosition(after: number): void {
    if (this.#closed) throw closed();
    const { seq } = this.head();
    if (Number.isSafeInteger(after) && after >= -1 && after <= seq) return;
    throw new EventLogError('position_unknown', `the log has no event ${after}`, { seq });
  }
}

function damageIn({ why, seq }: LogDamage): LogDamage {
  return { why, ...(seq === undefined ? {} : { seq }) };
}

function headOf({ position, reader }: EventStoreDbCopy): LogHead | undefined {
  return position === undefined ? undefined : { ...position, ...reader.identity() };
}
