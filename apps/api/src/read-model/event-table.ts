import type { DatabaseSync } from 'node:sqlite';
import type { ProjectedEvent } from './projection.ts';
import { millisOf, storedInstant } from './stored-instant.ts';

/**
 * The read model's own tables: which log it was built from and how far, and one short row an event, by
 * which changes are paged and instants become numbers. `reached` is the running maximum of `time`.
 */
export const EVENT_TABLES = `
CREATE TABLE position (log TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE event_type (id INTEGER PRIMARY KEY, type TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  type INTEGER NOT NULL,
  subject TEXT NOT NULL,
  time INTEGER NOT NULL,
  reached INTEGER NOT NULL
) STRICT;
`;

export interface EventRow {
  readonly seq: number;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
}

/** Writes the rows of events in order and moves the position; the caller holds the transaction. */
export class EventTable {
  readonly #insert;
  readonly #insertType;
  readonly #move;
  readonly #types: Map<string, number>;
  #reached: number;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(
      'INSERT INTO event (seq, id, type, subject, time, reached) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#insertType = db.prepare('INSERT INTO event_type (id, type) VALUES (?, ?)');
    this.#move = db.prepare('UPDATE position SET seq = ?');
    const types = db.prepare('SELECT id, type FROM event_type').all();
    this.#types = new Map(types.map((row) => [String(row['type']), Number(row['id'])]));
    const last = db.prepare('SELECT reached FROM event ORDER BY seq DESC LIMIT 1').get();
    this.#reached = Number(last?.['reached'] ?? Number.MIN_SAFE_INTEGER);
  }

  add({ seq, envelope }: ProjectedEvent): void {
    const time = millisOf(envelope.time);
    this.#reached = Math.max(this.#reached, time);
    const type = this.#typeId(envelope.type);
    this.#insert.run(seq, envelope.id, type, envelope.subject, time, this.#reached);
  }

  moveTo(seq: number): void {
    this.#move.run(seq);
  }

  #typeId(type: string): number {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    const id = this.#types.size + 1;
    this.#insertType.run(id, type);
    this.#types.set(type, id);
    return id;
  }
}

/** Up to `limit` events after `after`, not beyond `upTo`, in order. */
export function eventsAfter(
  db: DatabaseSync,
  after: number,
  limit: number,
  upTo: number,
): readonly EventRow[] {
  return db
    .prepare(
      `SELECT e.seq, t.type, e.subject, e.time FROM event e JOIN event_type t ON t.id = e.type
        WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq LIMIT ?`,
    )
    .all(after, upTo, limit)
    .map((row) => ({
      seq: Number(row['seq']),
      type: String(row['type']),
      subject: String(row['subject']),
      time: storedInstant(Number(row['time'])),
    }));
}

/** Id and type of an event that is known to be there. */
export function eventAt(
  db: DatabaseSync,
  seq: number,
): { readonly id: string; readonly type: string } {
  const row = db
    .prepare('SELECT e.id, t.type FROM event e JOIN event_type t ON t.id = e.type WHERE e.seq = ?')
    .get(seq);
  return { id: String(row?.['id']), type: String(row?.['type']) };
}

/** The running maximum of `time` at an event: the moment it stands for. */
export function momentOf(db: DatabaseSync, seq: number): string {
  const row = db.prepare('SELECT reached FROM event WHERE seq = ?').get(seq);
  return storedInstant(Number(row?.['reached'] ?? 0));
}

/**
 * The last event recorded by each instant, milliseconds in ascending order, -1 where the log is younger;
 * none beyond `upTo`. Each half is looked for between the answers around it, so many cost little more
 * than the first few.
 */
export function lastByInstants(
  db: DatabaseSync,
  upTo: number,
  instants: readonly number[],
): readonly number[] {
  const statement = db.prepare('SELECT reached FROM event WHERE seq = ?');
  const reachedAt = (seq: number) => Number(statement.get(seq)?.['reached']);
  const found: number[] = instants.map(() => -1);
  const fill = (first: number, last: number, low: number, high: number): void => {
    if (first > last) return;
    const middle = Math.floor((first + last) / 2);
    const instant = instants[middle] ?? Number.NaN;
    const seq = lastReachedBy(reachedAt, instant, low, high);
    found[middle] = seq;
    fill(first, middle - 1, low, seq);
    fill(middle + 1, last, seq, high);
  };
  fill(0, instants.length - 1, -1, upTo);
  return found;
}

/** By halving: the running maximum never falls. Low is known to be reached, or is -1. */
function lastReachedBy(
  reachedAt: (seq: number) => number,
  instant: number,
  low: number,
  high: number,
): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (reachedAt(middle) <= instant) from = middle;
    else to = middle - 1;
  }
  return from;
}
