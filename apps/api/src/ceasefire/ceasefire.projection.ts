import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CeasefireEvent } from '@ceasewatch/domain/ceasefire/ceasefire.events';
import { readEvent } from '@ceasewatch/domain/upcast';
import {
  type ProjectedEvent,
  type Projection,
  type Reducer,
  STILL,
} from '../read-model/projection.ts';
import { MOVED_SUM, storedJson, sumMove, withSum } from '../read-model/row-sum.ts';

/** The ceasefire as version rows: declared, and ended if it was. */
export const ceasefireProjection: Projection = {
  name: 'ceasefire',
  version: 2,
  tables: `
CREATE TABLE ceasefire_version (
  from_seq INTEGER PRIMARY KEY,
  to_seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
`,
  indexes: '',
  open: (db) => new CeasefireReducer(db),
};

export interface CeasefireThing extends Extract<CeasefireEvent, { type: 'ceasefire.declared.v1' }> {
  readonly declaredSeq: number;
  readonly ended: { readonly seq: number; readonly at: string } | null;
}

/** Place in the row of a version. */
const TO_SEQ = 1;

class CeasefireReducer implements Reducer {
  readonly #find: StatementSync;
  readonly #end: StatementSync;
  readonly #begin: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare(
      `SELECT from_seq, content FROM ceasefire_version WHERE id = ? AND to_seq = ${STILL}`,
    );
    this.#end = db.prepare(
      `UPDATE ceasefire_version SET to_seq = ?, sum = ${MOVED_SUM} WHERE from_seq = ?`,
    );
    this.#begin = db.prepare('INSERT INTO ceasefire_version VALUES (?, ?, ?, ?, ?)');
  }

  apply(event: ProjectedEvent): undefined {
    const { seq, envelope } = event;
    if (!envelope.subject.startsWith('ceasefire/')) return;
    const read = readEvent(event);
    if (read.type === 'ceasefire.declared.v1') {
      const thing: CeasefireThing = {
        type: read.type,
        data: read.data,
        declaredSeq: seq,
        ended: null,
      };
      this.#put(seq, envelope.subject, thing);
    } else if (read.type === 'ceasefire.ended.v1') {
      const row = this.#find.get(envelope.subject);
      if (row === undefined)
        throw new RangeError(`event ${seq} ends a ceasefire that is not known`);
      const known: CeasefireThing = storedJson(row['content'], envelope.subject);
      this.#end.run(seq, sumMove(TO_SEQ, STILL, seq), Number(row['from_seq']));
      const thing: CeasefireThing = { ...known, ended: { seq, at: read.data.endedAt } };
      this.#put(seq, envelope.subject, thing);
    }
  }

  #put(seq: number, subject: string, thing: CeasefireThing): void {
    this.#begin.run(...withSum(seq, STILL, subject, JSON.stringify(thing)));
  }
}
