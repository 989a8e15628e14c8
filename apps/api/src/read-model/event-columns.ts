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
    const types = typesOf(db, facets);
    const words = [facets.officer, facets.contingent, facets.unit].map((word) => wordId(db, word));
    if (types?.size === 0 || words.includes(undefined)) return undefined;
    const [officer = NOTHING, contingent = NOTHING, unit = NOTHING] = words;
    const isOfType =
      types &&
      Uint8Array.from({ length: Math.max(...types) + 1 }, (_, id) => Number(types.has(id)));
    const { occurredFrom, occurredTo } = facets;
    const wanted = { isOfType, officer, contingent, unit, occurredFrom, occurredTo };
    return new EventTest(this.#columns(), wanted);
  }

  /** Whether an event is by this officer, or about this unit; undefined where neither is known by that id. */
  testOfId(db: DatabaseSync, id: string): ((seq: number) => boolean) | undefined {
    const word = wordId(db, id);
    if (word === undefined) return undefined;
    const { officers, units } = this.#columns();
    return (seq) => officers[seq] === word || units[seq] === word;
  }

  #columns(): Columns {
    return {
      types: this.#type,
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

interface Columns {
  readonly types: Uint16Array;
  readonly officers: Uint32Array;
  readonly contingents: Uint32Array;
  readonly units: Uint32Array;
  readonly began: Float64Array;
}

interface Wanted {
  /** By the number of a type; undefined where every type passes. */
  readonly isOfType: Uint8Array | undefined;
  /** Numbers of words; `NOTHING` where nothing was asked. */
  readonly officer: number;
  readonly contingent: number;
  readonly unit: number;
  readonly occurredFrom: number | undefined;
  readonly occurredTo: number | undefined;
}

/** What events have to be to pass, of those that were read by then. */
export class EventTest {
  readonly #columns: Columns;
  readonly #wanted: Wanted;

  constructor(columns: Columns, wanted: Wanted) {
    this.#columns = columns;
    this.#wanted = wanted;
  }

  passes(seq: number): boolean {
    return this.walk(seq, seq, 1).length > 0;
  }

  /**
   * Numbers from one event to another, both included, in the order of the walk: of those that pass the
   * first `limit`. A million are looked at in a few milliseconds, so whatever they ask lies at hand.
   */
  walk(begin: number, end: number, limit: number, also?: (seq: number) => boolean): number[] {
    const { types, officers, contingents, units, began } = this.#columns;
    const { isOfType, officer, contingent, unit } = this.#wanted;
    const { occurredFrom = -Infinity, occurredTo = Infinity } = this.#wanted;
    const isTimed = occurredFrom !== -Infinity || occurredTo !== Infinity;
    const way = begin <= end ? 1 : -1;
    const found: number[] = [];
    for (let seq = begin; seq !== end + way; seq += way) {
      if (unit !== NOTHING && units[seq] !== unit) continue;
      if (officer !== NOTHING && officers[seq] !== officer) continue;
      if (contingent !== NOTHING && contingents[seq] !== contingent) continue;
      if (isOfType !== undefined && isOfType[types[seq] ?? NOTHING] !== 1) continue;
      // What has no time of its own is NaN, which neither comparison lets pass.
      if (isTimed && !isWithin(began[seq], occurredFrom, occurredTo)) continue;
      if (also !== undefined && !also(seq)) continue;
      found.push(seq);
      if (found.length === limit) break;
    }
    return found;
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
