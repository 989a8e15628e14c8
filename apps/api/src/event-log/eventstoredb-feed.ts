import { finished } from 'node:stream/promises';
import { EventLogError } from './event-log-error.ts';
import type { StoreClient } from './eventstoredb-client.ts';
import type { Arrived, EventStoreDbCopy, Taken } from './eventstoredb-copy.ts';
import type { Place, Said } from './eventstoredb-messages.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import { StoreReach, type ToldOfDamage } from './eventstoredb-reach.ts';
import { readRecord } from './eventstoredb-record.ts';
import { turn } from './turn.ts';

/**
 * Carries the store's log into this node's copy, for as long as the node runs. Any end of the
 * subscription that was not asked for is a drop, and it is followed again from the last record that was
 * committed here; a subscription that has died without a word is found by the watchdog.
 */
export interface FeedOptions extends ToldOfDamage {
  readonly client: StoreClient;
  readonly copy: EventStoreDbCopy;
  readonly names: StoreNames;
  readonly onTaken: (taken: Taken) => void;
  readonly onCaughtUp: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly watchdogMs?: number;
}

/** Records of one transaction: 4 to 7 ms of the main thread; 1,024 take 14 to 22. */
const BATCH = 256;
/** More than these are not taken off the stream before they are written. */
const MOST_BUFFERED = 4_096;
const WATCHDOG_MS = 15_000;
const QUIET_MS = 2_000;
const FIRST_PAUSE_MS = 100;
/** The store is never back for longer than this before it is noticed. */
const LONGEST_PAUSE_MS = 3_000;

/** What came could not be written down. */
class NotKept extends Error {}

export class EventStoreDbFeed {
  readonly reach: StoreReach;
  readonly #options: FeedOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #caughtUp = false;
  #confirmed = false;
  /** When everything that the store had was here, by the steady clock and by the other. */
  #current: { readonly steady: number; readonly at: number } | undefined;
  #drops = 0;
  #asking: Promise<void> | undefined;
  #buffered: readonly Arrived[] = [];
  /** When the subscription said something, and when the store last answered a question. */
  #lastSign = performance.now();
  #lastAnswer = performance.now();
  /** The store's newest record when this subscription had caught up: all of it is known to be here. */
  #covered = 0n;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.reach = new StoreReach(options);
  }

  /** Whether everything that the store had when the subscription began is here. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /**
   * Since when nobody knows whether the store has more than this node, in milliseconds since 1970;
   * `never` known since this process began, and undefined while it is known.
   */
  get staleSince(): number | 'never' | undefined {
    const { isHere } = this.reach;
    if (isHere && this.#caughtUp) return undefined;
    if (this.#current === undefined) return 'never';
    // A drop that is over at once makes nothing old.
    if (isHere && performance.now() - this.#current.steady < QUIET_MS) return undefined;
    return this.#current.at;
  }

  /**
   * Whether the store has said that it still has this node's newest event, on the connection that is in
   * use now: after a drop somebody else's log may stand there. Waits `ms` for the answer.
   */
  async isConfirmed(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!this.#confirmed) {
      const left = until - performance.now();
      if (left <= 0 || !this.reach.isHere) return false;
      await this.reach.change(left);
    }
    return true;
  }

  /** Records that were taken off the stream and wait to be written. */
  get buffered(): number {
    return this.#buffered.length;
  }

  /** How often the subscription has ended without having been asked to. */
  get drops(): number {
    return this.#drops;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#options.client.startOver();
    await this.#running;
  }

  /**
   * Somebody got no answer: ask the store now instead of waiting for the watchdog. Of many who got none
   * at once one asks for all: a store that is only slow would be slower with a question from each.
   */
  suspect(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    if (!this.reach.isHere) return;
    const asked = performance.now();
    try {
      this.#answered(await this.#options.client.headPosition());
    } catch (error) {
      // Nothing was heard since: the subscription on the same connection is dead as well.
      if (this.#lastSign < asked) this.#lost(error);
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const begun = performance.now();
      try {
        await this.#checkNewest();
        this.#confirmed = true;
        this.reach.wake();
        await this.#follow();
      } catch (error) {
        this.#lost(error);
      } finally {
        this.#confirmed = false;
      }
      // Only what has not gone well since the last time is waited for longer and longer.
      if (this.#caughtUp) pause = FIRST_PAUSE_MS;
      this.#caughtUp = false;
      // An attempt that took long was a pause as well.
      const left = Math.max(FIRST_PAUSE_MS, pause - (performance.now() - begun));
      await this.#wait(left * (0.5 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** The store must still have what this node has numbered, where it was (T31). */
  async #checkNewest(): Promise<void> {
    const { client, copy } = this.#options;
    const { newest } = copy;
    const [head, there] = await Promise.all([
      client.headPosition(),
      newest === undefined ? undefined : client.readAt(newest.place),
    ]);
    this.#covered = head?.commit ?? 0n;
    if (there?.id === newest?.id) return;
    throw new EventLogError(
      'foreign_log',
      'the store no longer has the newest event of this node: it was restored, emptied, or holds another log',
    );
  }

  async #follow(): Promise<void> {
    const { client, copy, names } = this.#options;
    const buffer: Arrived[] = (this.#buffered = []);
    const { signal } = this.#stopping;
    const following = await client.follow(copy.followed, names.followed);
    const work: { failure?: unknown; draining?: Promise<void> | undefined } = {};
    let saidCaughtUp = false;
    // What came before it was said has to be written first.
    const settle = (): void => {
      if (!saidCaughtUp || buffer.length > 0 || following.destroyed) return;
      saidCaughtUp = false;
      this.#isCaughtUp();
    };
    const drain = async (): Promise<void> => {
      try {
        while (buffer.length > 0) {
          await turn();
          this.#take(buffer.splice(0, BATCH));
          await copy.room();
          if (buffer.length < MOST_BUFFERED) following.resume();
        }
        work.draining = undefined;
        settle();
      } catch (error) {
        work.failure = error;
        following.destroy(new Error('its records could not be kept', { cause: error }));
      }
    };
    const watchdog = this.#watch(() => following.destroy(new Error('nothing came for long')));
    const stop = (): void => void following.destroy();
    signal.addEventListener('abort', stop);
    following.on('data', (said: Said) => {
      this.#alive();
      if (said.kind === 'caught up') {
        saidCaughtUp = true;
        if (buffer.length === 0) settle();
        else work.draining ??= drain();
      }
      if (said.kind !== 'event' || work.failure !== undefined) return;
      const { position: place } = said.event;
      const record = readRecord(said.event, names);
      buffer.push({ record, place });
      if (place.commit > this.#covered) this.#covered = place.commit;
      // What the vault keeps says nothing until its event comes, and is written with that.
      if (record.kind !== 'vault' || buffer.length >= BATCH) work.draining ??= drain();
      if (buffer.length >= MOST_BUFFERED) following.pause();
    });
    if (signal.aborted) stop();
    const ended = new Error('the subscription ended');
    const why: unknown = await finished(following).then(
      () => ended,
      (error: unknown) => error,
    );
    signal.removeEventListener('abort', stop);
    clearInterval(watchdog);
    await work.draining;
    if (work.failure !== undefined) throw new NotKept('not kept', { cause: work.failure });
    if (!signal.aborted) throw why;
  }

  #take(batch: readonly Arrived[]): void {
    const { copy, onTaken } = this.#options;
    if (batch.length === 0) return;
    onTaken(copy.take(batch));
    const isSetting = batch.some(({ record }) => record.kind === 'setting');
    if (isSetting && this.#caughtUp) this.#judgeSettings();
  }

  #alive(): void {
    this.#lastSign = performance.now();
    this.#isCurrent();
    this.reach.heard();
  }

  #isCaughtUp(): void {
    this.#judgeSettings();
    this.#caughtUp = true;
    this.#isCurrent();
    this.reach.wake();
    void this.#options.onCaughtUp();
  }

  #answered(head: Place | undefined): void {
    this.#lastAnswer = performance.now();
    if (head === undefined || head.commit <= this.#covered) this.#isCurrent();
  }

  #isCurrent(): void {
    if (!this.#caughtUp || !this.reach.isHere) return;
    this.#current = { steady: performance.now(), at: this.#options.now() };
  }

  /** Settings under which events would vanish when they are read (T21). */
  #judgeSettings(): void {
    const { vanishing } = this.#options.copy;
    if (vanishing.length > 0) {
      const why = `events would vanish from ${vanishing.join(', ')}: take these settings back`;
      this.reach.becomes({ store: 'damaged', why, code: 'store_unavailable' });
    } else {
      this.reach.becomes({ store: 'here' });
    }
  }

  #lost(error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#drops += 1;
    if (error instanceof NotKept) this.reach.notKept(error.cause);
    else this.reach.lost(error);
  }

  /**
   * Asks the store whenever nothing was heard for two seconds, which is our keep-alive: it finds a
   * server that is frozen as well as a connection that is cut. And a subscription that has said nothing
   * for long although there is something to say is dead (T7).
   */
  #watch(giveUp: () => void): NodeJS.Timeout {
    const { client, watchdogMs = WATCHDOG_MS } = this.#options;
    let asking = false;
    const look = async (): Promise<void> => {
      const quietMs = performance.now() - Math.max(this.#lastSign, this.#lastAnswer);
      if (asking || quietMs < QUIET_MS) return;
      asking = true;
      try {
        const head = await client.headPosition();
        this.#answered(head);
        const isQuiet = performance.now() - this.#lastSign > watchdogMs;
        if (isQuiet && head !== undefined && head.commit > this.#covered) giveUp();
      } catch (error) {
        this.#lost(error);
        giveUp();
      } finally {
        asking = false;
      }
    };
    return setInterval(() => void look(), Math.min(QUIET_MS, watchdogMs) / 4);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopping.signal.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      this.#stopping.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}
