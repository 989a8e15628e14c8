import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CentreEvent } from '@ceasewatch/domain/centre/centre.events';
import {
  closedUnit,
  movedUnit,
  type Officer,
  openedUnit,
  type Unit,
} from '@ceasewatch/domain/centre/centre-state';
import { inForceOrder } from '@ceasewatch/domain/centre/in-force';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import { readEvent } from '@ceasewatch/domain/upcast';
import {
  type ProjectedEvent,
  type Projection,
  type Reducer,
  STILL,
} from '../read-model/projection.ts';
import { MOVED_SUM, storedJson, sumMove, withSum } from '../read-model/row-sum.ts';
import { officerNameOf } from './centre-rows.ts';

/**
 * What the centre consists of, one version row a thing: a change ends the row in force and begins the
 * next. Things keep the number of the event that first named them, which is the centre's one order.
 */
export const centreProjection: Projection = {
  name: 'centre',
  version: 2,
  tables: `
CREATE TABLE centre_version (
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  thing TEXT NOT NULL,
  id TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  content TEXT NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (thing, id, from_seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE centre_officer_name (
  officer TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  digest TEXT,
  state TEXT NOT NULL,
  value TEXT,
  sum INTEGER NOT NULL,
  PRIMARY KEY (officer, from_seq)
) STRICT, WITHOUT ROWID;
`,
  indexes: '',
  open: (db) => new CentreReducer(db),
};

/** Place in the row of a version. */
const TO_SEQ = 1;

/** What the rows of each kind of thing hold. */
export interface Things {
  centre: Extract<CentreEvent, { type: 'centre.established.v1' }>['data'];
  calendar: Extract<CentreEvent, { type: 'centre.calendar-set.v1' }>['data'];
  contingent: Extract<CentreEvent, { type: 'contingent.admitted.v1' }>['data'];
  strength: Extract<CentreEvent, { type: 'contingent.strength-reported.v1' }>['data'];
  unit: Unit;
  area: readonly Extract<CentreEvent, { type: 'area.defined.v1' }>['data'][];
  officer: Officer;
}

class CentreReducer implements Reducer {
  readonly #find: StatementSync;
  readonly #end: StatementSync;
  readonly #begin: StatementSync;
  readonly #name: StatementSync;
  readonly #names: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare(
      `SELECT from_seq, first_seq, content FROM centre_version WHERE thing = ? AND id = ? AND to_seq = ${STILL}`,
    );
    this.#end = db.prepare(
      `UPDATE centre_version SET to_seq = ?, sum = ${MOVED_SUM} WHERE thing = ? AND id = ? AND from_seq = ?`,
    );
    this.#begin = db.prepare('INSERT INTO centre_version VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#name = db.prepare('INSERT OR REPLACE INTO centre_officer_name VALUES (?, ?, ?, ?, ?, ?)');
    this.#names = db.prepare('SELECT * FROM centre_officer_name');
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
      case 'unit.opened.v1':
        return this.#put(seq, 'unit', read.data.unit, () => openedUnit(read.data));
      case 'unit.moved.v1':
        return this.#put(seq, 'unit', read.data.unit, (known) =>
          movedUnit(thingOf(known, seq), read.data),
        );
      case 'unit.closed.v1':
        return this.#put(seq, 'unit', read.data.unit, (known) =>
          closedUnit(thingOf(known, seq), read.data),
        );
      case 'area.defined.v1':
      case 'area.revised.v1':
        return this.#put(seq, 'area', read.data.area, (known = []) =>
          inForceOrder([...known, read.data]),
        );
      case 'officer.enrolled.v1':
        this.#keepName(seq, read.data.officer, event.disclosed['name']);
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
        return this.#eraseNames(read.data.digests);
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
    const known: Things[Thing] | undefined = row && storedJson(row['content'], `${thing} ${id}`);
    const content = JSON.stringify(next(known));
    if (row === undefined) this.#begin.run(...withSum(seq, STILL, thing, id, seq, content));
    else {
      const firstSeq = Number(row['first_seq']);
      this.#end.run(seq, sumMove(TO_SEQ, STILL, seq), thing, id, Number(row['from_seq']));
      this.#begin.run(...withSum(seq, STILL, thing, id, firstSeq, content));
    }
  }

  #keepName(
    seq: number,
    officer: string,
    name: (Disclosed & { readonly digest?: string }) | undefined,
  ): void {
    // Who comes back without being named again keeps the name.
    if (name === undefined) return;
    const value = name.state === 'shown' ? name.value : null;
    this.#name.run(...withSum(officer, seq, name.digest ?? null, name.state, value));
  }

  #eraseNames(digests: readonly string[]): undefined {
    for (const row of this.#names.all()) {
      const { officer, fromSeq, digest } = officerNameOf(row);
      if (digest === null || !digests.includes(digest)) continue;
      this.#name.run(...withSum(officer, fromSeq, digest, 'erased', null));
    }
  }
}

function thingOf<Thing>(known: Thing | undefined, seq: number): Thing {
  if (known === undefined)
    throw new RangeError(`event ${seq} changes something of the centre that is not known`);
  return known;
}
