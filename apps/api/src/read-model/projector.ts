import { existsSync, mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Injectable } from '@nestjs/common';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { EventLog, LogCondition } from '../event-log/event-log.ts';
import { logFileIn } from '../event-log/data-folder.ts';
import { BatchApplier } from './batch-applier.ts';
import { eventsAfter } from './event-table.ts';
import { type Changed, type ProjectedEvent, UNCHANGED } from './projection.ts';
import { ReadModel } from './read-model.ts';
import {
  createIndexes,
  createTables,
  fileOf,
  isDamage,
  isPassing,
  isUnusable,
  openDatabase,
  positionIn,
  removeFile,
  removeOthers,
} from './read-model-file.ts';
import { ReadModelError } from './read-model-error.ts';
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

/** Events of one transaction on the main thread: some 3 ms, other work gets its turn in between. */
const BATCH = 64;
/** A shorter log than this is applied at once instead of starting a thread for it. */
const WORTH_A_WORKER = 2_000;
const MOST_CHANGES = 500;
const AGAIN_MS = 500;

@Injectable()
export class Projector {
  readonly #file: string;
  readonly #listeners = new Set<(advance: Advance) => void>();
  readonly #swapListeners = new Set<(seq: number) => void>();
  readonly #waiting = new Waiting();
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #applier: BatchApplier | undefined;
  #state: ProjectorState = 'behind';
  #failure: unknown;
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

  /** How the log's store is: what is shown beside what the rows say. */
  condition(): LogCondition {
    return this.eventLog.condition();
  }

  get state(): ProjectorState {
    return this.#state;
  }

  /** What stopped it for good (`failed`) or for now (a full disk: `behind`). */
  get failure(): unknown {
    return this.#failure;
  }

  /** Number of the last event that the read model holds, -1 while there is nothing to read. */
  get projected(): number {
    return this.#projected;
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
    this.readModel.close();
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }

  /** Called synchronously after each commit, in order, without a gap. Returns how to stop listening. */
  onAdvance(listener: (advance: Advance) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Called when another file came into use: `projected` has jumped, and what lies between was not told
   * to `onAdvance`. Whoever keeps a copy reads it anew.
   */
  onSwap(listener: (seq: number) => void): () => void {
    this.#swapListeners.add(listener);
    return () => this.#swapListeners.delete(listener);
  }

  /** Resolves once the read model holds event `seq`. @throws ReadModelError projection_failed, stopped */
  whenProjected(seq: number, signal?: AbortSignal): Promise<void> {
    if (seq <= this.#projected) return Promise.resolve();
    if (this.#state === 'failed') return Promise.reject(failed(this.#failure));
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
    this.#failure = cause;
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#running = this.#running.then(() => {
      this.readModel.close();
      removeFile(this.#file);
      return this.#run();
    });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await this.#project(signal);
    } catch (error) {
      this.#fail(error, signal);
    }
  }

  async #project(signal: AbortSignal): Promise<void> {
    const opened = this.#openExisting() ?? (await this.#buildAnew(signal));
    if (signal.aborted) return opened.db.close();
    this.#putIntoUse(opened.db, opened.position);
    for await (const followed of this.eventLog.follow(opened.position, { signal })) {
      if (followed.kind === 'batch') await this.#applyAll(followed.events, signal);
      else this.#state = followed.kind;
    }
  }

  /** The file as it is, unless it is missing, damaged, of another log or ahead of this one. */
  #openExisting(): Opened | undefined {
    if (!existsSync(this.#file)) return undefined;
    let db: DatabaseSync | undefined;
    try {
      db = openDatabase(this.#file);
      const position = positionIn(db, this.log);
      // What was built while the log was sound is the best that is left of a damaged one.
      const last = this.#isLogDamaged ? Number.MAX_SAFE_INTEGER : this.head();
      if (position !== undefined && position <= last) return { db, position };
    } catch (error) {
      if (!isUnusable(error)) throw error;
    }
    db?.close();
    removeFile(this.#file);
    return undefined;
  }

  async #buildAnew(signal: AbortSignal): Promise<Opened> {
    const { folder, projections } = this.readModel.settings;
    if (!this.#isLogDamaged && this.head() > WORTH_A_WORKER && logFileIn(folder) !== undefined) {
      this.#state = 'rebuilding';
      try {
        const task = { logFolder: folder, file: this.#file, log: this.log };
        const position = await rebuild(task, (projected) => (this.#rebuilt = projected), signal);
        return { db: openDatabase(this.#file), position };
      } catch (error) {
        // The log itself is read below, as far as it goes, and then knows of its damage.
        if (!isCorruptLog(error)) throw error;
      }
    }
    const db = openDatabase(this.#file);
    createTables(db, projections, this.log);
    createIndexes(db, projections);
    return { db, position: -1 };
  }

  #putIntoUse(db: DatabaseSync, position: number): void {
    this.#applier = new BatchApplier(db, this.readModel.settings.projections, 'live', position);
    this.readModel.use(db, this.#file);
    this.#state = 'behind';
    this.#failure = undefined;
    this.#projected = position;
    for (const listener of this.#swapListeners) listener(position);
    this.#waiting.resolveUpTo(position);
  }

  get #isLogDamaged(): boolean {
    return this.condition().store === 'damaged';
  }

  async #applyAll(events: readonly ProjectedEvent[], signal: AbortSignal): Promise<void> {
    for (let begin = 0; begin < events.length && !signal.aborted; begin += BATCH) {
      await this.#advanceWhenPossible(events.slice(begin, begin + BATCH), signal);
      if (begin + BATCH < events.length) await turn();
    }
  }

  /** A full disk passes: what was rolled back is applied again, and reading goes on meanwhile. */
  async #advanceWhenPossible(
    events: readonly ProjectedEvent[],
    signal: AbortSignal,
  ): Promise<void> {
    const before = this.#state;
    while (!signal.aborted) {
      try {
        this.#advance(events);
        // Whoever follows the log was never behind it, so nobody else would say that this is over.
        if (this.#failure !== undefined) this.#state = before;
        this.#failure = undefined;
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.#state = 'behind';
        this.#failure = error;
        await later(signal);
      }
    }
  }

  #advance(events: readonly ProjectedEvent[]): void {
    const prev = this.#projected;
    const changes = this.#applier?.apply(events) ?? [];
    const seq = changes.at(-1)?.seq;
    if (seq === undefined) return;
    this.#projected = seq;
    for (const listener of this.#listeners) listener({ prev, seq, changes });
    this.#waiting.resolveUpTo(seq);
  }

  #fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (isDamage(error) && this.#state !== 'rebuilding') return this.#beginAnew(error);
    this.#state = 'failed';
    this.#failure = error;
    this.#waiting.rejectAll(failed(error));
  }
}

interface Opened {
  readonly db: DatabaseSync;
  readonly position: number;
}

function failed(cause: unknown): ReadModelError {
  return new ReadModelError(
    'projection_failed',
    'The read model has stopped: a projection failed.',
    { cause },
  );
}

/** From another thread, so not of our class. */
function isCorruptLog(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'log_corrupt'
  );
}

/** After half a second, or at once when it is over. */
function later(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, AGAIN_MS);
    signal.addEventListener('abort', end);
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
