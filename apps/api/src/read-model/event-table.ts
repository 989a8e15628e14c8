import type { DatabaseSync } from 'node:sqlite';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ProjectedEvent } from './projection.ts';
import { withSum } from './row-sum.ts';
import { millisOf, storedInstant } from './stored-instant.ts';

/**
 * The read model's own tables: which log it was built from and how far, and one short row an event, by
 * which changes are paged, instants become numbers and the log is looked through. `reached` is the running
 * maximum of `time`; `unit` and `began` are those of what the event is about.
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
  reached INTEGER NOT NULL,
  officer INTEGER,
  contingent INTEGER,
  unit INTEGER,
  began INTEGER,
  cause TEXT,
  sum INTEGER NOT NULL
) STRICT;
CREATE TABLE event_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE INDEX event_cause ON event (cause) WHERE cause IS NOT NULL;
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
  readonly #move;
  readonly #types: Words;
  readonly #words: Words;
  #reached: number;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#move = db.prepare('UPDATE position SET seq = ?');
    this.#types = new Words(db, 'event_type', 'type');
    this.#words = new Words(db, 'event_word', 'word');
    const last = db.prepare('SELECT reached FROM event ORDER BY seq DESC LIMIT 1').get();
    this.#reached = Number(last?.['reached'] ?? Number.MIN_SAFE_INTEGER);
  }

  /** @param about what the event made of an observation, if it is about one */
  add({ seq, envelope }: ProjectedEvent, about: ObservationRow | null): void {
    const { id, type, subject, officer, contingent, causationid, data } = envelope;
    const time = millisOf(envelope.time);
    this.#reached = Math.max(this.#reached, time);
    const unit = about?.unit ?? data['unit'];
    const row = withSum(
      seq,
      id,
      this.#types.idOf(type),
      subject,
      time,
      this.#reached,
      officer === undefined ? null : this.#words.idOf(officer),
      contingent === undefined ? null : this.#words.idOf(contingent),
      typeof unit === 'string' ? this.#words.idOf(unit) : null,
      about === null ? null : millisOf(about.when.from),
      causationid ?? null,
    );
    this.#insert.run(...row);
  }

  moveTo(seq: number): void {
    this.#move.run(seq);
  }
}

/** Words that recur, each with a number of its own, in the order in which they were met. */
class Words {
  readonly #insert;
  readonly #ids: Map<string, number>;

  constructor(db: DatabaseSync, table: 'event_type' | 'event_word', column: 'type' | 'word') {
    this.#insert = db.prepare(`INSERT INTO ${table} (id, ${column}) VALUES (?, ?)`);
    const rows = db.prepare(`SELECT id, ${column} AS word FROM ${table}`).all();
    this.#ids = new Map(rows.map(({ id, word }) => [String(word), Number(id)]));
  }

  idOf(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    this.#insert.run(id, word);
    this.#ids.set(word, id);
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

/** The first events that name another as their cause, none after `last`. */
export function causedBy(
  db: DatabaseSync,
  id: string,
  last: number,
  limit: number,
): readonly number[] {
  return db
    .prepare('SELECT seq FROM event WHERE cause = ? AND seq <= ? ORDER BY seq LIMIT ?')
    .all(id, last, limit)
    .map(({ seq }) => Number(seq));
}

/** The subject of the centre's stream, which is among the first of a log; undefined while there is none. */
export function centreSubject(db: DatabaseSync): string | undefined {
  const subject = db
    .prepare(
      `SELECT e.subject FROM event e JOIN event_type t ON t.id = e.type
        WHERE t.type = 'centre.established.v1' ORDER BY e.seq LIMIT 1`,
    )
    .get()?.['subject'];
  return typeof subject === 'string' ? subject : undefined;
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
