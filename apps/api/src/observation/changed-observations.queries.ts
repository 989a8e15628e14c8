import type { DatabaseSync } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { ChangedKey } from '@ceasewatch/domain/difference/column-difference';
import {
  type FieldDifference,
  fieldDifferences,
} from '@ceasewatch/domain/difference/field-differences';
import { observationContent } from '@ceasewatch/domain/observation/observation.events';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ChangingEvent, ObservationDifference } from '../contract/difference.ts';
import { eventAt } from '../read-model/event-table.ts';
import { disclosuresFor } from './observation-detail.ts';
import { prepared, ROW_COLUMNS, ROW_TABLES, rowOf, type VersionRecord } from './version-rows.ts';

/**
 * A page of a difference told in full: both versions as they stood at their moments, field by field what
 * is another, and which events made it so, by whom and why.
 */
export function changedObservations(
  db: DatabaseSync,
  viewer: Viewer,
  keys: readonly ChangedKey[],
  from: number,
  to: number,
): readonly ObservationDifference[] {
  const read = prepared(db, `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.from_seq = ?`);
  return keys.map((key) => {
    const old = key.before === null ? undefined : read.get(key.before);
    const told = read.get(key.after);
    if (told === undefined) throw new RangeError(`no version began at event ${key.after}`);
    const before = old === undefined ? null : rowOf(db, old, from);
    const after = rowOf(db, told, to);
    const { change, shown, figures } = key;
    return {
      id: after.id,
      number: after.number,
      change,
      shown,
      figures,
      before,
      after,
      fields: before === null ? [] : fieldsOf(before, after),
      disclosed: old === undefined ? [] : disclosedOf(db, viewer, old, told),
      ...eventsOf(db, after.number, from, to),
    };
  });
}

const CONTENT = Object.keys(observationContent.shape);

function fieldsOf(before: ObservationRow, after: ObservationRow): readonly FieldDifference[] {
  return fieldDifferences(contentOf(before), contentOf(after));
}

function contentOf(row: ObservationRow): object {
  const told = new Map(Object.entries(row));
  return Object.fromEntries(
    CONTENT.filter((field) => told.has(field)).map((field) => [field, told.get(field)]),
  );
}

const DISCLOSED = ['narrative', 'asEntered'] as const;

/** Digests are salted anew for every event, so the values themselves are compared, whoever may read them. */
function disclosedOf(
  db: DatabaseSync,
  viewer: Viewer,
  old: VersionRecord,
  told: VersionRecord,
): ObservationDifference['disclosed'] {
  const [before, after] = [Number(old['content_seq']), Number(told['content_seq'])];
  if (before === after) return [];
  const read = disclosuresFor(db, NODE_ITSELF);
  return DISCLOSED.map((name) => ({ name, before: read(before, name), after: read(after, name) }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after))
    .map(({ name, before, after }) => ({
      name,
      before: seenBy(viewer, before),
      after: seenBy(viewer, after),
    }));
}

/** Compares without telling; what is told is what the viewer may read. */
const NODE_ITSELF: Viewer = { officer: null, contingent: null, role: 'system' };

function seenBy(viewer: Viewer, told: Disclosed | null): Disclosed | null {
  return told?.state === 'shown' && !mayReadDisclosures(viewer) ? { state: 'withheld' } : told;
}

/** Of one observation within one difference: enough to say why, and the rest is counted. */
const MOST_EVENTS = 20;

function eventsOf(
  db: DatabaseSync,
  number: number,
  from: number,
  to: number,
): Pick<ObservationDifference, 'events' | 'eventsInAll'> {
  const between = 'v.number = ? AND v.from_seq > ? AND v.from_seq <= ?';
  const records = prepared(
    db,
    `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE ${between} ORDER BY v.from_seq LIMIT ${MOST_EVENTS}`,
  ).all(number, from, to);
  const events = records.map((record) => eventOf(db, rowOf(db, record, to)));
  if (records.length < MOST_EVENTS) return { events, eventsInAll: records.length };
  const counted = prepared(
    db,
    `SELECT count(*) AS n FROM observation_version v WHERE ${between}`,
  ).get(number, from, to);
  return { events, eventsInAll: Number(counted?.['n']) };
}

function eventOf(
  db: DatabaseSync,
  { fromSeq, versionRecordedAt, officer, authn, reason }: ObservationRow,
): ChangingEvent {
  const { type } = eventAt(db, fromSeq);
  return { seq: fromSeq, type, time: versionRecordedAt, officer, authn, reason };
}
