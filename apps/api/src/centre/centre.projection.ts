import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CentreEvent, Position } from '@ceasewatch/domain/centre/centre.events';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import { readEvent } from '@ceasewatch/domain/upcast';
import {
  type ProjectedEvent,
  type Projection,
  type Reducer,
  STILL,
} from '../read-model/projection.ts';

/**
 * What the centre consists of, one version row a thing: a change ends the row in force and begins the
 * next. Things keep the number of the event that first named them, which is the centre's one order.
 */
export const centreProjection: Projection = {
  name: 'centre',
  version: 1,
  tables: `
CREATE TABLE centre_version (
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  thing TEXT NOT NULL,
  id TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (thing, id, from_seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE centre_officer_name (
  officer TEXT PRIMARY KEY,
  digest TEXT,
  state TEXT NOT NULL,
  value TEXT
) STRICT, WITHOUT ROWID;
`,
  indexes: '',
  open: (db) => new CentreReducer(db),
};

/** What the rows of each kind of thing hold. */
export interface Things {
  centre: Extract<CentreEvent, { type: 'centre.established.v1' }>['data'];
  calendar: Extract<CentreEvent, { type: 'centre.calendar-set.v1' }>['data'];
  contingent: Extract<CentreEvent, { type: 'contingent.admitted.v1' }>['data'];
  strength: Extract<CentreEvent, { type: 'contingent.strength-reported.v1' }>['data'];
  unit: UnitThing;
  area: readonly Extract<CentreEvent, { type: 'area.defined.v1' }>['data'][];
  officer: Extract<CentreEvent, { type: 'officer.enrolled.v1' }>['data'] & {
    readonly withdrawn: boolean;
  };
}

export interface UnitThing extends Omit<
  Extract<CentreEvent, { type: 'unit.opened.v1' }>['data'],
  'position'
> {
  readonly positions: readonly { readonly from: string; readonly position: Position }[];
  readonly closedFrom: string | null;
}

class CentreReducer implements Reducer {
  readonly #find: StatementSync;
  readonly #end: StatementSync;
  readonly #begin: StatementSync;
  readonly #name: StatementSync;
  readonly #eraseName: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare(
      `SELECT from_seq, first_seq, content FROM centre_version WHERE thing = ? AND id = ? AND to_seq = ${STILL}`,
    );
    this.#end = db.prepare(
      'UPDATE centre_version SET to_seq = ? WHERE thing = ? AND id = ? AND from_seq = ?',
    );
    this.#begin = db.prepare(
      `INSERT INTO centre_version (from_seq, to_seq, thing, id, first_seq, content) VALUES (?, ${STILL}, ?, ?, ?, ?)`,
    );
    this.#name = db.prepare(
      'INSERT OR REPLACE INTO centre_officer_name (officer, digest, state, value) VALUES (?, ?, ?, ?)',
    );
    this.#eraseName = db.prepare(
      `UPDATE centre_officer_name SET state = 'erased', value = NULL WHERE digest = ?`,
    );
  }

  apply(event: ProjectedEvent): undefined {
    if (!event.envelope.subject.startsWith('centre/')) return;
    const { seq, envelope } = event;
    const read = readEvent(event);
    switch (read.type) {
      case 'centre.established.v1':
        return this.#put(seq, 'centre', envelope.subject.slice('centre/'.length), () => read.data);
      case 'centre.calendar-set.v1':
        return this.#put(seq, 'calendar', read.data.from, () => read.data);
      case 'contingent.admitted.v1':
        return this.#put(seq, 'contingent', read.data.contingent, () => read.data);
      case 'contingent.strength-reported.v1':
        return this.#put(seq, 'strength', envelope.id, () => read.data);
      case 'unit.opened.v1': {
        const { position, ...unit } = read.data;
        const positions = position === undefined ? [] : [{ from: unit.from, position }];
        return this.#put(seq, 'unit', unit.unit, () => ({ ...unit, positions, closedFrom: null }));
      }
      case 'unit.moved.v1': {
        const { unit, from, position } = read.data;
        return this.#put(seq, 'unit', unit, (known) => ({
          ...thingOf(known, seq),
          positions: inOrder([...thingOf(known, seq).positions, { from, position }]),
        }));
      }
      case 'unit.closed.v1': {
        const { unit, from } = read.data;
        return this.#put(seq, 'unit', unit, (known) => ({
          ...thingOf(known, seq),
          closedFrom: from,
        }));
      }
      case 'area.defined.v1':
      case 'area.revised.v1':
        return this.#put(seq, 'area', read.data.area, (known = []) =>
          inOrder([...known, read.data]),
        );
      case 'officer.enrolled.v1':
        this.#keepName(read.data.officer, event.disclosed['name']);
        return this.#put(seq, 'officer', read.data.officer, () => ({
          ...read.data,
          withdrawn: false,
        }));
      case 'officer.withdrawn.v1':
        return this.#put(seq, 'officer', read.data.officer, (known) => ({
          ...thingOf(known, seq),
          withdrawn: true,
        }));
      case 'disclosure.erased.v1':
        for (const digest of read.data.digests) this.#eraseName.run(digest);
        return;
      default:
        return;
    }
  }

  #put<Thing extends keyof Things>(
    seq: number,
    thing: Thing,
    id: string,
    next: (known: Things[Thing] | undefined) => Things[Thing],
  ): undefined {
    const row = this.#find.get(thing, id);
    const known: Things[Thing] | undefined = row && JSON.parse(String(row['content']));
    const content = JSON.stringify(next(known));
    if (row === undefined) this.#begin.run(seq, thing, id, seq, content);
    else {
      this.#end.run(seq, thing, id, Number(row['from_seq']));
      this.#begin.run(seq, thing, id, Number(row['first_seq']), content);
    }
  }

  #keepName(officer: string, name: (Disclosed & { readonly digest?: string }) | undefined): void {
    const value = name?.state === 'shown' ? name.value : null;
    this.#name.run(officer, name?.digest ?? null, name?.state ?? 'withheld', value);
  }
}

/** By the time from which they hold, as the log's order may differ; later words win where it is equal. */
function inOrder<Item extends { readonly from: string }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((one, other) =>
    one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
  );
}

function thingOf<Thing>(known: Thing | undefined, seq: number): Thing {
  if (known === undefined)
    throw new RangeError(`event ${seq} changes something of the centre that is not known`);
  return known;
}
