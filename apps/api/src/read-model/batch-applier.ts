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

  constructor(db: DatabaseSync, projections: readonly Projection[], mode: Mode, position: number) {
    this.#db = db;
    this.#projections = projections;
    this.#mode = mode;
    this.#position = position;
    this.#events = new EventTable(db);
    this.#reducers = this.#openAll();
  }

  get position(): number {
    return this.#position;
  }

  /** Returns what the events changed, one entry each. */
  apply(events: readonly ProjectedEvent[]): readonly Change[] {
    const fresh = events.filter(({ seq }) => seq > this.#position);
    const last = fresh.at(-1);
    if (last === undefined) return [];
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const changes = fresh.map((event, index) =>
        this.#applyOne(event, this.#position + 1 + index),
      );
      this.#events.moveTo(last.seq);
      this.#db.exec('COMMIT');
      this.#position = last.seq;
      if (changes.some(({ type }) => type === 'disclosure.erased.v1')) this.#forgetOlderPages();
      return changes;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  #applyOne(event: ProjectedEvent, expected: number): Change {
    if (event.seq !== expected)
      throw new RangeError(`event ${event.seq} came where ${expected} was due`);
    this.#events.add(event);
    let changed: Changed | undefined;
    for (const reducer of this.#reducers) changed = reducer.apply(event) ?? changed;
    const { type, subject, time } = event.envelope;
    const { before, after } = changed ?? UNCHANGED;
    return { seq: event.seq, type, subject, time, before, after };
  }

  /** What was erased must not be found in older pages of the WAL either. */
  #forgetOlderPages(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** What reducers remember of their own rows may be of the transaction that is gone. */
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#events = new EventTable(this.#db);
    this.#reducers = this.#openAll();
  }

  #openAll(): readonly Reducer[] {
    return this.#projections.map((projection) => projection.open(this.#db, this.#mode));
  }
}
