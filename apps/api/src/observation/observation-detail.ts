import type { DatabaseSync } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { ObservationDetail, ObservationVersion } from '../contract/observation.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import { eventAt } from '../read-model/event-table.ts';
import { ReadModelError } from '../read-model/read-model-error.ts';
import { disclosureOf } from './disclosure-rows.ts';
import { prepared, ROW_COLUMNS, ROW_TABLES, rowOf, type VersionRecord } from './version-rows.ts';

/**
 * One observation with the versions it had as of an event, oldest first. What was told beside it is
 * shown, withheld or erased, and erased is gone from every past view too.
 *
 * @throws ReadModelError not_found, as_of_unknown
 */
export function detailOf(
  db: DatabaseSync,
  moment: Moment,
  idOrNumber: string,
  projected: number,
): ObservationDetail {
  const asOf = resolveAsOf(db, projected, moment.asOf);
  const number = numberOf(db, idOrNumber);
  const records = prepared(
    db,
    `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.number = ? AND v.from_seq <= ? ORDER BY v.from_seq`,
  ).all(number ?? 0, asOf);
  const [first] = records;
  if (number === undefined || first === undefined) {
    throw new ReadModelError(
      'not_found',
      `There is no observation ${idOrNumber} as of event ${asOf}.`,
    );
  }
  const read = disclosuresFor(db, moment.viewer);
  return {
    asOf,
    id: String(first['id']),
    number,
    versions: records.map((record) => versionOf(db, record, asOf, read)),
  };
}

/** What is told beside an event, as far as the viewer may read it. */
type ReadDisclosure = (seq: number, name: string) => Disclosed | null;

function versionOf(
  db: DatabaseSync,
  record: VersionRecord,
  asOf: number,
  read: ReadDisclosure,
): ObservationVersion {
  const row = rowOf(db, record, asOf);
  const event = eventAt(db, row.fromSeq);
  const contentSeq = Number(record['content_seq']);
  return {
    row,
    eventId: event.id,
    eventType: event.type,
    eventSeq: row.fromSeq,
    // A retraction keeps what was told before it and brings its own explanation.
    narrative: read(contentSeq, 'narrative'),
    asEntered: read(contentSeq, 'asEntered'),
    explanation: read(row.fromSeq, 'explanation'),
  };
}

export function disclosuresFor(db: DatabaseSync, viewer: Viewer): ReadDisclosure {
  const find = prepared(db, 'SELECT * FROM observation_disclosure WHERE seq = ? AND name = ?');
  const allowed = mayReadDisclosures(viewer);
  return (seq, name) => {
    const row = find.get(seq, name);
    if (row === undefined) return null;
    const { state, value } = disclosureOf(row);
    if (state === 'erased') return { state };
    return value === null || !allowed ? { state: 'withheld' } : { state: 'shown', value };
  };
}

function numberOf(db: DatabaseSync, idOrNumber: string): number | undefined {
  if (/^#?\d{1,9}$/.test(idOrNumber)) return Number(idOrNumber.replace('#', ''));
  const row = prepared(db, 'SELECT number FROM observation WHERE id = ?').get(idOrNumber);
  return row === undefined ? undefined : Number(row['number']);
}
