import { performance } from 'node:perf_hooks';
import type { DatabaseSync } from 'node:sqlite';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { EventTable } from './event-table.ts';
import {
  type Changed,
  type Mode,
  type ProjectedEvent,
  type Projection,
  type Reducer,
  UNCHANGED,
} from './projection.ts';

/**
 * Applies events in order, rows and position in one transaction. An event that was applied already is
 * passed over, so a batch that is seen twice changes nothing; one that is missing is an error, and so
 * is whatever a projection throws: then nothing of the batch is written.
 */
export class BatchApplier {
  readonly #db: DatabaseSync;
  readonly #projections: readonly Projection[];
  readonly #mode: Mode;
  #events: EventTable;
  #reducers: readonly Reducer[];
  #position: number;
  /** The last event that was committed. */
  #committed: number;
  #isHeld = false;

  constructor(db: DatabaseSync, projections: readonly Projection[], mode: Mode, position: number) {
    this.#db = db;
    this.#projections = projections;
    this.#mode = mode;
    this.#position = position;
    this.#committed = position;
    this.#events = new EventTable(db);
    this.#reducers = this.#openAll();
  }

  get position(): number {
    return this.#position;
  }

  /**
   * Returns what the events changed, one entry each: of all of them, or of as many as could be applied
   * in `withinMs`, at least one. What was committed is always returned.
   */
  apply(events: readonly ProjectedEvent[], withinMs = Number.POSITIVE_INFINITY): readonly Change[] {
    const fresh = events.filter(({ seq }) => seq > this.#position);
    if (fresh.length === 0) return [];
    const until = performance.now() + withinMs;
    if (!this.#isHeld) this.#begin();
    try {
      const changes = this.#applyUntil(fresh, until);
      const position = this.#position + changes.length;
      this.#events.moveTo(position);
      this.#position = position;
      if (!this.#isHeld) this.#commit();
      return changes;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  /**
   * Holds everything that is applied from here to `release` in one transaction, for a file that nobody
   * reads before it is whole: a page of it that many batches write to is written once.
   */
  hold(): void {
    this.#begin();
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#commit();
  }

  #begin(): void {
    if (this.#db.isTransaction) this.#rollback();
    this.#db.exec('BEGIN IMMEDIATE');
  }

  #commit(): void {
    this.#db.exec('COMMIT');
    this.#committed = this.#position;
  }

  #applyUntil(events: readonly ProjectedEvent[], until: number): readonly Change[] {
    const changes: Change[] = [];
    for (const event of events) {
      changes.push(this.#applyOne(event, this.#position + 1 + changes.length));
      if (performance.now() >= until) break;
    }
    return changes;
  }

  #applyOne(event: ProjectedEvent, expected: number): Change {
    if (event.seq !== expected)
      throw new RangeError(`event ${event.seq} came where ${expected} was due`);
    let changed: Changed | undefined;
    for (const reducer of this.#reducers) changed = reducer.apply(event) ?? changed;
    const { before, after } = changed ?? UNCHANGED;
    this.#events.add(event, after);
    const { type, subject, time } = event.envelope;
    return { seq: event.seq, type, subject, time, before, after };
  }

  /** What reducers remember of their own rows may be of the transaction that is gone. */
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#isHeld = false;
    this.#position = this.#committed;
    this.#events = new EventTable(this.#db);
    this.#reducers = this.#openAll();
  }

  #openAll(): readonly Reducer[] {
    return this.#projections.map((projection) => projection.open(this.#db, this.#mode));
  }
}
