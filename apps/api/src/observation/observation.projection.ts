import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { MEANS } from '@ceasewatch/domain/observation/vocabulary';
import type {
  ObservationContent,
  ObservationEvent,
} from '@ceasewatch/domain/observation/observation.events';
import { featureOf, placeOf } from '@ceasewatch/domain/situation/observation-filter';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { maskOf, packRow } from '@ceasewatch/domain/situation/packed-row';
import { packCounts } from '@ceasewatch/domain/situation/situation-columns';
import { readEvent } from '@ceasewatch/domain/upcast';
import {
  type Changed,
  type Mode,
  type ProjectedEvent,
  type Projection,
  type Reducer,
  STILL,
} from '../read-model/projection.ts';
import { MOVED_SUM, sumMove, withSum } from '../read-model/row-sum.ts';
import { millisOf } from '../read-model/stored-instant.ts';
import { DisclosureRows } from './disclosure-rows.ts';
import { INDEXES, TABLES } from './observation-tables.ts';
import { versionColumns } from './version-columns.ts';
import { versionTexts } from './version-texts.ts';
import { changedRows, keptByCorrection, presentRow, WordRows } from './version-rows.ts';
import { correctedRow, type Correction, firstRow, statusRow } from './version-making.ts';

/**
 * Observations as version rows: each event ends the version in force and begins the next, so any moment
 * of the log can be asked for, and what an event changed is exactly the rows that ended and began there.
 */
export const observationProjection: Projection = {
  name: 'observation',
  version: 3,
  tables: TABLES,
  indexes: INDEXES,
  open: (db, mode) => new ObservationReducer(db, mode),
  changed: changedRows,
  columns: versionColumns,
  texts: versionTexts,
};

class ObservationReducer implements Reducer {
  readonly #db: DatabaseSync;
  readonly #mode: Mode;
  readonly #words: WordRows;
  readonly #disclosures: DisclosureRows;
  readonly #name: StatementSync;
  readonly #known: StatementSync;
  readonly #turn: StatementSync;
  readonly #end: StatementSync;
  readonly #begin: StatementSync;
  readonly #keep: StatementSync;
  #lastNumber: number;
  #latest: number;

  constructor(db: DatabaseSync, mode: Mode) {
    this.#db = db;
    this.#mode = mode;
    this.#words = new WordRows(db);
    this.#disclosures = new DisclosureRows(db, mode);
    this.#name = db.prepare('INSERT INTO observation VALUES (?, ?, ?, ?)');
    this.#known = db.prepare('SELECT number, present FROM observation WHERE id = ?');
    this.#turn = db.prepare(
      `UPDATE observation SET present = ?, sum = ${MOVED_SUM} WHERE number = ?`,
    );
    this.#end = db.prepare(
      `UPDATE observation_version SET to_seq = ?, sum = ${MOVED_SUM} WHERE from_seq = ?`,
    );
    this.#begin = db.prepare(
      `INSERT INTO observation_version VALUES (${Array.from({ length: COLUMNS }, () => '?').join(', ')})`,
    );
    this.#keep = db.prepare('INSERT INTO observation_content (seq, content, sum) VALUES (?, ?, ?)');
    this.#lastNumber = Number(
      db.prepare('SELECT max(number) AS n FROM observation').get()?.['n'] ?? 0,
    );
    const last = db
      .prepare('SELECT latest FROM observation_version ORDER BY from_seq DESC LIMIT 1')
      .get();
    this.#latest = Number(last?.['latest'] ?? Number.MIN_SAFE_INTEGER);
  }

  apply(event: ProjectedEvent): Changed | undefined {
    if (!event.envelope.subject.startsWith('observation/')) return undefined;
    const read = readEvent(event);
    switch (read.type) {
      case 'observation.recorded.v1':
        return this.#record(event, read.data);
      case 'observation.corrected.v1':
      case 'observation.retracted.v1':
      case 'observation.reinstated.v1':
        return this.#change(event, read);
      case 'disclosure.erased.v1':
        this.#disclosures.erase(idOf(event), read.data.digests);
        return undefined;
      default:
        return undefined;
    }
  }

  #record(event: ProjectedEvent, content: ObservationContent): Changed {
    this.#lastNumber += 1;
    const after = firstRow(event, this.#lastNumber, content);
    this.#name.run(...withSum(after.number, after.id, event.seq));
    this.#insert(after, event.seq, content);
    this.#disclosures.keep(event, content);
    return { before: null, after };
  }

  #change(
    event: ProjectedEvent,
    told: Exclude<ObservationEvent, { type: 'observation.recorded.v1' | 'disclosure.erased.v1' }>,
  ): Changed {
    const id = idOf(event);
    const known = this.#known.get(id);
    if (known === undefined)
      throw new RangeError(`event ${event.seq} changes observation ${id}, which is not known`);
    const fromSeq = Number(known['present']);
    if (this.#mode === 'bulk' && told.type === 'observation.corrected.v1') {
      return this.#correctUntold(event, fromSeq, told.data);
    }
    const { row, contentSeq } = presentRow(this.#db, fromSeq);
    const before: ObservationRow = { ...row, toSeq: event.seq };
    this.#succeed(row, event.seq);
    if (told.type === 'observation.corrected.v1') {
      const { row: after, content } = correctedRow(event, row, told.data);
      this.#insert(after, event.seq, content);
      this.#disclosures.keep(event, content);
      return { before, after };
    }
    const after = statusRow(event, row, told);
    this.#insert(after, contentSeq);
    this.#disclosures.keep(event);
    return { before, after };
  }

  /** A rebuild tells nobody what was before: of that only what a correction keeps is read. */
  #correctUntold(event: ProjectedEvent, fromSeq: number, data: Correction): Changed {
    const kept = keptByCorrection(this.#db, fromSeq, idOf(event));
    this.#succeed({ number: kept.number, fromSeq }, event.seq);
    const { row: after, content } = correctedRow(event, kept, data);
    this.#insert(after, event.seq, content);
    this.#disclosures.keep(event, content);
    return { before: null, after };
  }

  /** Ends the version in force; the next begins at the same event. */
  #succeed({ number, fromSeq }: Pick<ObservationRow, 'number' | 'fromSeq'>, seq: number): void {
    this.#end.run(seq, sumMove(TO_SEQ, STILL, seq), fromSeq);
    this.#turn.run(seq, sumMove(PRESENT, fromSeq, seq), number);
  }

  /** With `content` where the event brought a new one, at `contentSeq`. */
  #insert(row: ObservationRow, contentSeq: number, content?: ObservationContent): void {
    const began = millisOf(row.when.from);
    this.#latest = Math.max(this.#latest, began);
    const packed = packRow(row);
    const place = placeOf(row);
    const { countCode, countValue } = packCounts(row);
    const version = withSum(
      row.fromSeq,
      STILL,
      row.number,
      row.version,
      row.revision,
      contentSeq,
      millisOf(row.recordedAt),
      millisOf(row.versionRecordedAt),
      began,
      this.#latest,
      packed,
      maskOf(row.means, MEANS),
      this.#words.idOf(row.unit),
      this.#words.idOf(row.sector),
      this.#words.idOf(row.contingent),
      this.#words.idOf(row.officer),
      this.#words.idOf(row.authn),
      this.#words.idOf(row.reason),
      this.#words.idOf(featureOf(row)),
      place?.lat ?? null,
      place?.lon ?? null,
      countCode,
      countValue,
    );
    this.#begin.run(...version);
    if (content !== undefined) this.#keep.run(...withSum(contentSeq, JSON.stringify(content)));
  }
}

const COLUMNS = 24;
/** Places in the row of a version, and in that of an observation. */
const TO_SEQ = 1;
const PRESENT = 2;

function idOf({ envelope }: ProjectedEvent): string {
  return envelope.subject.slice('observation/'.length);
}
