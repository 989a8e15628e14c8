import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Injectable } from '@nestjs/common';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { hasCode } from '../error-code.ts';
import type { EventLog, LogCondition } from '../event-log/event-log.ts';
import { logFileIn } from '../event-log/data-folder.ts';
import { turn } from '../event-log/turn.ts';
import { BatchApplier } from './batch-applier.ts';
import { Checkpoints } from './checkpoints.ts';
import { eventsAfter } from './event-table.ts';
import { Listeners } from './listeners.ts';
import { later } from './pauses.ts';
import { type Changed, type ProjectedEvent, UNCHANGED } from './projection.ts';
import { ReadModel } from './read-model.ts';
import { isBusy, isDamage, isPassing } from './damage.ts';
import {
  createEmpty,
  fileOf,
  openDatabase,
  openExisting,
  type OpenedFile,
  removeFile,
  removeOthers,
} from './read-model-file.ts';
import { projectionFailed, ReadModelError } from './read-model-error.ts';
import { rebuild } from './rebuild.ts';
import { Waiting } from './waiting.ts';

/**
 * Carries the log into the read model: one ordered subscription, rows and position in one transaction,
 * and after each commit the exact changes to whoever listens. It never skips: a projection that throws
 * stops it, loudly. A read model that is missing, foreign or damaged is built anew in a worker.
 */
export type ProjectorState = 'rebuilding' | 'behind' | 'live' | 'failed';

/** One committed step of the read model: every event after `prev` up to `seq`, in order, none missing. */
export interface Advance {
  readonly prev: number;
  readonly seq: number;
  readonly changes: readonly Change[];
}

/**
 * For this long events are applied to one transaction; its commit and whoever listens come on top. As much
 * as a full group of the log needs: with less, receipts wait for rows that fall behind the log.
 */
const APPLY_MS = 12;
/** A shorter log than this is applied at once instead of starting a thread for it. */
const WORTH_A_WORKER = 2_000;
const MOST_CHANGES = 500;
const AGAIN_MS = 500;
/** A checkpoint that empties the WAL holds up the writer for a moment. */
const BUSY_MS = 10;
const MOST_BUSY = 100;

@Injectable()
export class Projector {
  readonly #file: string;
  readonly #listeners = new Listeners<Advance>((error) => this.#blame(error));
  readonly #swapListeners = new Listeners<number>((error) => this.#blame(error));
  readonly #waiting = new Waiting();
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #applier: BatchApplier | undefined;
  #checkpoints: Checkpoints | undefined;
  #state: ProjectorState = 'behind';
  #failure: unknown;
  #listenerFailure: unknown;
  #told: string | undefined;
  #projected = -1;
  #rebuilt = -1;

  constructor(
    private readonly eventLog: EventLog,
    readonly readModel: ReadModel,
  ) {
    const { folder, projections } = readModel.settings;
    this.#file = fileOf(folder, projections);
    readModel.whenDamaged((error) => this.#beginAnew(error));
  }

  /** Id of the log. */
  get log(): string {
    return this.eventLog.head().logId;
  }

  get exercise(): boolean {
    return this.eventLog.head().exercise;
  }

  /** Whether other nodes write to the same log, so that it may have more than this node has followed. */
  get followsOthers(): boolean {
    return !this.eventLog.traits.numbersAtAppend;
  }

  /** How the log's store is: what is shown beside what the rows say. */
  condition(): LogCondition {
    return this.eventLog.condition();
  }

  get state(): ProjectorState {
    return this.#state;
  }

  /**
   * What stopped it for good (`failed`) or for now (a full disk: `behind`), what a listener threw, or
   * why the WAL cannot be carried into the file.
   */
  get failure(): unknown {
    return this.#failure ?? this.#listenerFailure ?? this.#checkpoints?.failure;
  }

  /** Number of the last event that the read model holds, -1 while there is nothing to read. */
  get projected(): number {
    return this.#projected;
  }

  /** The same where it must be there to be read. @throws ReadModelError rebuilding */
  reached(): number {
    return this.readModel.read(() => this.#projected);
  }

  /** While rebuilding `projected` is how far the new file has come. */
  get progress(): { readonly projected: number; readonly head: number } {
    const projected = this.#state === 'rebuilding' ? this.#rebuilt : this.#projected;
    return { projected, head: this.head() };
  }

  /** Of a damaged log the rows may know more than can still be read. */
  head(): number {
    return Math.max(this.eventLog.head().seq, this.#projected);
  }

  /** Resolves when there is a file to read or one is being built; events are applied from then on. */
  start(): Promise<void> {
    const { folder } = this.readModel.settings;
    mkdirSync(folder, { recursive: true });
    removeOthers(folder, this.#file);
    this.#running = this.#run();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#waiting.rejectAll(new ReadModelError('stopped', 'The node is shutting down.'));
    await this.#letGo();
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }

  /** Called synchronously after each commit, in order, without a gap. Returns how to stop listening. */
  onAdvance(listener: (advance: Advance) => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Called when another file came into use: `projected` has jumped, and what lies between was not told
   * to `onAdvance`. Whoever keeps a copy reads it anew.
   */
  onSwap(listener: (seq: number) => void): () => void {
    return this.#swapListeners.add(listener);
  }

  /** Resolves once the read model holds event `seq`. @throws ReadModelError projection_failed, stopped */
  whenProjected(seq: number, signal?: AbortSignal): Promise<void> {
    if (seq <= this.#projected) return Promise.resolve();
    if (this.#state === 'failed') return Promise.reject(projectionFailed(this.#failure));
    return this.#waiting.until(seq, signal);
  }

  /** What the events after `after` changed, at most `limit` (500) of them. */
  changes(
    after: number,
    limit: number,
  ): { readonly seq: number; readonly changes: readonly Change[] } {
    const most = Math.min(limit, MOST_CHANGES);
    const changes = this.readModel.read((db) => this.#changesAfter(db, after, most));
    return { seq: changes.at(-1)?.seq ?? after, changes };
  }

  /** Throws the read model away and builds it anew from the log. */
  rebuild(): void {
    this.#beginAnew(undefined);
  }

  #changesAfter(db: DatabaseSync, after: number, limit: number): readonly Change[] {
    const events = eventsAfter(db, after, limit, this.#projected);
    const upTo = events.at(-1)?.seq ?? after;
    const changed = new Map<number, Changed>();
    for (const projection of this.readModel.settings.projections) {
      for (const [seq, rows] of projection.changed?.(db, after, upTo) ?? []) changed.set(seq, rows);
    }
    return events.map((event) => ({ ...event, ...(changed.get(event.seq) ?? UNCHANGED) }));
  }

  #beginAnew(cause: unknown): void {
    if (this.#state === 'rebuilding' || this.#stopping.signal.aborted) return;
    this.#state = 'rebuilding';
    this.#rebuilt = -1;
    this.#note(cause);
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#close();
    this.#running = this.#running.then(() => this.#run(true));
  }

  /** Nothing can be read from now on. */
  #close(): void {
    this.readModel.close();
    this.#projected = -1;
  }

  /** No thread holds the file any more either. */
  async #letGo(): Promise<void> {
    await this.#checkpoints?.close();
    this.#checkpoints = undefined;
    this.#close();
  }

  /** What a disk that is full or away brought down begins again when that has passed. */
  async #run(isAnew = false): Promise<void> {
    const { signal } = this.#stopping;
    do {
      try {
        if (isAnew) {
          await this.#letGo();
          removeFile(this.#file);
        }
        signal.throwIfAborted();
        return await this.#project(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!isPassing(error)) return this.#fail(error);
        this.#state = 'rebuilding';
        this.#note(error);
        await this.#letGo();
        await later(signal, AGAIN_MS);
      }
    } while (!signal.aborted);
  }

  async #project(signal: AbortSignal): Promise<void> {
    const opened = this.#openExisting() ?? (await this.#buildAnew(signal));
    if (signal.aborted) return opened.db.close();
    this.#putIntoUse(opened);
    for await (const followed of this.eventLog.follow(opened.position, { signal })) {
      if (followed.kind === 'batch') await this.#applyAll(followed.events, signal);
      else this.#state = followed.kind;
    }
  }

  #openExisting(): OpenedFile | undefined {
    // What was built while the log was sound is the best that is left of a damaged one.
    const { projections } = this.readModel.settings;
    const open = (last: number, least?: number) =>
      openExisting(this.#file, projections, this.log, { last, least });
    if (this.#isLogDamaged) return open(Number.MAX_SAFE_INTEGER);
    const head = this.head();
    // Rows that lack more of a long log than they have are sooner built anew than brought up to it.
    const isWorthAnew = head > WORTH_A_WORKER && !this.followsOthers;
    return open(head, isWorthAnew ? head / 2 : -1);
  }

  async #buildAnew(signal: AbortSignal): Promise<OpenedFile> {
    const { folder, projections } = this.readModel.settings;
    if (!this.#isLogDamaged && this.head() > WORTH_A_WORKER && logFileIn(folder) !== undefined) {
      this.#state = 'rebuilding';
      try {
        const task = { logFolder: folder, file: this.#file, log: this.log };
        const position = await rebuild(task, (projected) => (this.#rebuilt = projected), signal);
        return { db: openDatabase(this.#file), position, isChecked: true };
      } catch (error) {
        // The log itself is read below, as far as it goes, and then knows of its damage.
        if (!isCorruptLog(error)) throw error;
      }
    }
    return createEmpty(this.#file, projections, this.log);
  }

  #putIntoUse({ db, position, isChecked }: OpenedFile): void {
    this.readModel.use(db, this.#file, isChecked);
    this.#applier = new BatchApplier(db, this.readModel.settings.projections, 'live', position);
    this.#checkpoints = new Checkpoints(this.#file, db, (error) => this.#meet(error));
    // A node that was killed may have had something erased still to empty.
    if (position >= 0 && this.#checkpoints.frames > 0) this.#checkpoints.empty();
    this.#state = 'behind';
    this.#note(undefined);
    this.#projected = position;
    this.#swapListeners.tell(position);
    this.#waiting.resolveUpTo(position);
  }

  get #isLogDamaged(): boolean {
    return this.condition().store === 'damaged';
  }

  async #applyAll(events: readonly ProjectedEvent[], signal: AbortSignal): Promise<void> {
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    while (this.#projected < last.seq && !signal.aborted) {
      await this.#advanceWhenPossible(
        events.slice(Math.max(0, this.#projected + 1 - first.seq)),
        signal,
      );
      await this.#checkpoints?.room();
      if (this.#projected < last.seq) await turn();
    }
  }

  /** A full disk passes: what was rolled back is applied again, and reading goes on meanwhile. */
  async #advanceWhenPossible(
    events: readonly ProjectedEvent[],
    signal: AbortSignal,
  ): Promise<void> {
    const before = this.#state;
    for (let busy = 0; !signal.aborted;) {
      try {
        this.#advance(events);
        // Whoever follows the log was never behind it, so nobody else would say that this is over.
        if (this.#failure !== undefined) this.#state = before;
        this.#note(undefined);
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (isBusy(error) && busy < MOST_BUSY) {
          busy += 1;
          await later(signal, BUSY_MS);
          continue;
        }
        this.#state = 'behind';
        this.#note(error);
        await later(signal, AGAIN_MS);
      }
    }
  }

  #advance(events: readonly ProjectedEvent[]): void {
    const prev = this.#projected;
    const changes = this.#applier?.apply(events, APPLY_MS) ?? [];
    const seq = changes.at(-1)?.seq;
    if (seq === undefined || seq !== prev + changes.length) {
      throw new RangeError(`the rows went from event ${prev} to ${seq}, and not all was told`);
    }
    this.#projected = seq;
    if (changes.some(({ type }) => type === 'disclosure.erased.v1')) this.#checkpoints?.empty();
    this.#listeners.tell({ prev, seq, changes });
    this.#waiting.resolveUpTo(seq);
  }

  /** A listener threw; the rows are as they should be and go on. */
  #blame(error: unknown): void {
    this.#listenerFailure = error;
    this.#sayOnce(error);
  }

  #fail(error: unknown): void {
    if (isDamage(error) && this.#state !== 'rebuilding') return this.#beginAnew(error);
    this.#state = 'failed';
    this.#note(error);
    this.#waiting.rejectAll(projectionFailed(error));
  }

  /** What the thread of checkpoints met. */
  #meet(error: unknown): void {
    if (isDamage(error)) this.#beginAnew(error);
    else this.#sayOnce(error);
  }

  #note(failure: unknown): void {
    if (failure !== undefined) this.#sayOnce(failure);
    else if (this.#failure !== undefined) this.#told = undefined;
    this.#failure = failure;
  }

  /** A disk that stays full is told of once, not twice a second. */
  #sayOnce(failure: unknown): void {
    const text = String(failure);
    if (this.#told === text) return;
    this.#told = text;
    this.readModel.settings.onFailure?.(failure, this.#state);
  }
}

/** From another thread, so not of our class. */
function isCorruptLog(error: unknown): boolean {
  return hasCode(error, 'log_corrupt');
}
