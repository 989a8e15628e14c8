import type { DatabaseSync } from 'node:sqlite';
import { nounOf } from '@ceasewatch/domain/recorded-event';

/**
 * What the log is looked through by, an event after the other in memory: some 22 bytes each, so that any
 * filter over a million of them is one pass of a few milliseconds. The rows are never altered, so what was
 * read once is only added to; another file needs columns of its own.
 */
export interface EventFacets {
  readonly type?: string;
  readonly noun?: string;
  readonly officer?: string;
  readonly contingent?: string;
  readonly unit?: string;
  /** Began to happen from this instant on, and before the other: milliseconds since 1970. */
  readonly occurredFrom?: number;
  readonly occurredTo?: number;
}

/** A test of the event with this number. */
export type EventTest = (seq: number) => boolean;

/** A few milliseconds of the main thread. */
const CHUNK = 3_000;
const FIRST_CAPACITY = 4_096;
const NOTHING = 0;

export class EventColumns {
  /** Numbers of the events that are not about observations, in order: few, and told in words of their own. */
  readonly others: number[] = [];
  #length = 0;
  #type = new Uint16Array(FIRST_CAPACITY);
  #officer = new Uint32Array(FIRST_CAPACITY);
  #contingent = new Uint32Array(FIRST_CAPACITY);
  #unit = new Uint32Array(FIRST_CAPACITY);
  #began = new Float64Array(FIRST_CAPACITY);
  /** Whether a type is of an observation, by its number. */
  readonly #ofObservation: boolean[] = [];

  /** Reads the next rows, a few thousand at most. Returns whether all up to `last` are here. */
  readOn(db: DatabaseSync, last: number): boolean {
    if (this.#length > last) return true;
    this.#grow(this.#length + CHUNK);
    const rows = db.prepare(
      `SELECT type, officer, contingent, unit, began FROM event WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK}`,
    );
    rows.setReturnArrays(true);
    const before = this.#length;
    for (const row of rows.iterate(before, last)) this.#add(db, row);
    return this.#length > last || this.#length === before;
  }

  /** What an event has to be to pass; undefined where nothing in the log has that. */
  test(db: DatabaseSync, facets: EventFacets): EventTest | undefined {
    const { occurredFrom = -Infinity, occurredTo = Infinity } = facets;
    const types = typesOf(db, facets);
    const words = [facets.officer, facets.contingent, facets.unit].map((word) => wordId(db, word));
    if (types?.size === 0 || words.includes(undefined)) return undefined;
    const [officer, contingent, unit] = words;
    const isOfType =
      types && Array.from({ length: Math.max(...types) + 1 }, (_, id) => types.has(id));
    const hasOccurred = facets.occurredFrom !== undefined || facets.occurredTo !== undefined;
    const { officers, contingents, units, began, type } = this.#columns();
    return (seq) =>
      (isOfType === undefined || isOfType[type[seq] ?? NOTHING] === true) &&
      (officer === NOTHING || officers[seq] === officer) &&
      (contingent === NOTHING || contingents[seq] === contingent) &&
      (unit === NOTHING || units[seq] === unit) &&
      // What has no time of its own is NaN, which neither comparison lets pass.
      (!hasOccurred || isWithin(began[seq], occurredFrom, occurredTo));
  }

  /** Whether an event is by this officer, or about this unit; undefined where neither is known by that id. */
  testOfId(db: DatabaseSync, id: string): EventTest | undefined {
    const word = wordId(db, id);
    if (word === undefined) return undefined;
    const { officers, units } = this.#columns();
    return (seq) => officers[seq] === word || units[seq] === word;
  }

  #columns() {
    return {
      type: this.#type,
      officers: this.#officer,
      contingents: this.#contingent,
      units: this.#unit,
      began: this.#began,
    };
  }

  #add(db: DatabaseSync, row: unknown): void {
    const [type, officer, contingent, unit, began]: unknown[] = Array.isArray(row) ? row : [];
    const seq = this.#length;
    const typeId = Number(type);
    this.#type[seq] = typeId;
    this.#officer[seq] = Number(officer ?? NOTHING);
    this.#contingent[seq] = Number(contingent ?? NOTHING);
    this.#unit[seq] = Number(unit ?? NOTHING);
    this.#began[seq] = began === null ? Number.NaN : Number(began);
    this.#ofObservation[typeId] ??= isOfObservation(db, typeId);
    if (!this.#ofObservation[typeId]) this.others.push(seq);
    this.#length += 1;
  }

  #grow(needed: number): void {
    if (needed <= this.#type.length) return;
    const capacity = Math.max(needed, this.#type.length * 2);
    this.#type = copied(new Uint16Array(capacity), this.#type);
    this.#officer = copied(new Uint32Array(capacity), this.#officer);
    this.#contingent = copied(new Uint32Array(capacity), this.#contingent);
    this.#unit = copied(new Uint32Array(capacity), this.#unit);
    this.#began = copied(new Float64Array(capacity), this.#began);
  }
}

function copied<Column extends Uint16Array | Uint32Array | Float64Array>(
  to: Column,
  from: Column,
): Column {
  to.set(from);
  return to;
}

function isWithin(began: number | undefined, from: number, to: number): boolean {
  return began !== undefined && began >= from && began < to;
}

function isOfObservation(db: DatabaseSync, typeId: number): boolean {
  const row = db.prepare('SELECT type FROM event_type WHERE id = ?').get(typeId);
  return nounOf(String(row?.['type'])) === 'observation';
}

/** Undefined where every type passes. */
function typesOf(db: DatabaseSync, { type, noun }: EventFacets): ReadonlySet<number> | undefined {
  if (type === undefined && noun === undefined) return undefined;
  const passing = db
    .prepare('SELECT id, type FROM event_type')
    .all()
    .filter((row) => {
      const name = String(row['type']);
      return (type === undefined || name === type) && (noun === undefined || nounOf(name) === noun);
    });
  return new Set(passing.map(({ id }) => Number(id)));
}

/** `NOTHING` where nothing was asked; undefined for a word that no event has. */
function wordId(db: DatabaseSync, word: string | undefined): number | undefined {
  if (word === undefined) return NOTHING;
  const row = db.prepare('SELECT id FROM event_word WHERE word = ?').get(word);
  return row === undefined ? undefined : Number(row['id']);
}
