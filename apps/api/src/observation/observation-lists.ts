import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import type { ObservationPage } from '../contract/observation.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import type { ColumnsDesk } from '../read-model/columns-desk.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { ReadModelError } from '../read-model/read-model-error.ts';
import { millisOf } from '../read-model/stored-instant.ts';
import type { WideRow } from '../read-model/wide-reader.ts';
import { all, type Condition, conditionsOf, indexFor, inForce } from './filter-sql.ts';
import { type ListCursor, readCursor, writeCursor } from './list-cursor.ts';
import { searchedNarrative, textCondition, textHits } from './text-search.queries.ts';
import { ROW_COLUMNS, ROW_TABLES, rowOf, type VersionRecord } from './version-rows.ts';

/**
 * Lists in two steps: which versions, found in another thread over narrow rows, and what they say, read
 * by key. A page goes on after the last row's key, so it costs the same however deep it lies.
 */
export interface ListRequest {
  readonly filter: ObservationFilter;
  /** Newest first, by the event that recorded the version or by when it occurred. */
  readonly order?: 'recorded' | 'occurred';
  readonly cursor?: string;
  /** 50 unless told, at most 500. */
  readonly limit?: number;
}

/** A screen and a bit, and at most what one answer may keep the reader for. */
const USUAL_LIMIT = 50;
const MOST = 500;

/** @throws ReadModelError rebuilding, overloaded, as_of_unknown, cursor_invalid; the signal's reason */
export async function listPage(
  readModel: ReadModel,
  columns: ColumnsDesk,
  { viewer, asOf: known, occurredUntil }: Moment,
  request: ListRequest,
  projected: number,
  signal?: AbortSignal,
): Promise<ObservationPage> {
  const { order = 'recorded', limit = USUAL_LIMIT } = request;
  const filter = occurredBefore(request.filter, occurredUntil);
  const { asOf, hits, question } = readModel.read((db) => {
    const cursor =
      request.cursor === undefined ? undefined : cursorOf(request.cursor, order, projected);
    const asOf = cursor?.asOf ?? resolveAsOf(db, projected, known);
    const text = textCondition(db, viewer, filter, asOf);
    const bounded = order === 'occurred' ? withoutEnd(filter) : filter;
    const conditions = [...conditionsOf(db, bounded), ...(text === undefined ? [] : [text])];
    const index = indexFor(db, filter, order, text);
    const question = keysQuestion({ conditions, index, filter, order, cursor, asOf });
    return { asOf, hits: textHits(text, asOf), question };
  });
  const wanted = Math.min(Math.max(1, limit), MOST);
  const [keys, matching] = await Promise.all([
    readModel.wide(question.sql, [...question.values, wanted + 1], signal),
    columns.count(filter, asOf, hits, signal),
  ]);
  const { versions, ...next } = pageOf(keys, wanted, order, asOf);
  const items = rowsByKey(readModel, versions, asOf);
  return { asOf, items, matching, ...searchedNarrative(viewer, hits), ...next };
}

/** Which versions a page has, and where the list goes on. */
interface PageOfVersions {
  /** The events that began them. */
  readonly versions: readonly number[];
  readonly next?: string;
}

/** @param keys one more than are wanted, where there are so many */
function pageOf(
  keys: readonly WideRow[],
  wanted: number,
  order: ListCursor['order'],
  asOf: number,
): PageOfVersions {
  const versions = keys.slice(0, wanted).map((row) => Number(row['from_seq']));
  const last = keys[wanted - 1];
  if (keys.length <= wanted || last === undefined) return { versions };
  const [fromSeq, began] = [Number(last['from_seq']), Number(last['began'])];
  return { versions, next: writeCursor({ order, asOf, fromSeq, began }) };
}

/** In log order, a few hundred rows at a time; nothing is held between two of them but a number. */
export async function* exportRows(
  readModel: ReadModel,
  { viewer, asOf, occurredUntil }: Moment & { readonly asOf: number },
  asked: ObservationFilter,
): AsyncGenerator<ObservationRow, void, void> {
  const filter = occurredBefore(asked, occurredUntil);
  for (let after = -1; ;) {
    const { sql, values } = readModel.read((db) => {
      const text = textCondition(db, viewer, filter, asOf);
      const beyond: Condition = { sql: 'v.from_seq > ?', values: [after] };
      return all([
        inForce(asOf),
        beyond,
        ...conditionsOf(db, filter),
        ...(text === undefined ? [] : [text]),
      ]);
    });
    const records = await readModel.wide(
      `SELECT ${ROW_COLUMNS} FROM (SELECT * FROM observation_version v NOT INDEXED WHERE ${sql}
         ORDER BY v.from_seq LIMIT ${MOST}) v JOIN observation o ON o.number = v.number
         JOIN observation_content c ON c.seq = v.content_seq ORDER BY v.from_seq`,
      values,
    );
    for (const row of readModel.read((db) => records.map((record) => rowOf(db, record, asOf)))) {
      after = row.fromSeq;
      yield row;
    }
    if (records.length < MOST) return;
  }
}

/**
 * What was recorded last of what passes a filter without free text, as of an event, newest first.
 *
 * @throws ReadModelError rebuilding, overloaded; the signal's reason
 */
export async function firstRecorded(
  readModel: ReadModel,
  filter: ObservationFilter,
  asOf: number,
  limit: number,
  signal?: AbortSignal,
): Promise<PageOfVersions> {
  const order = 'recorded';
  const { sql, values } = readModel.read((db) => {
    const conditions = conditionsOf(db, filter);
    const index = indexFor(db, filter, order, undefined);
    return keysQuestion({ conditions, index, filter, order, cursor: undefined, asOf });
  });
  const keys = await readModel.wide(sql, [...values, limit + 1], signal);
  return pageOf(keys, limit, order, asOf);
}

interface Asked {
  readonly conditions: readonly Condition[];
  readonly index: string;
  readonly filter: ObservationFilter;
  readonly order: 'recorded' | 'occurred';
  readonly cursor: ListCursor | undefined;
  readonly asOf: number;
}

/** Which versions come next; its last value is how many are wanted. */
function keysQuestion({ conditions, index, filter, order, cursor, asOf }: Asked): Condition {
  if (order === 'recorded') {
    const upTo = { sql: 'v.from_seq < ?', values: [cursor?.fromSeq ?? asOf + 1] };
    const { sql, values } = all([inForce(asOf), upTo, ...conditions]);
    const from = `observation_version v ${index}`;
    return {
      sql: `SELECT v.from_seq, v.began FROM ${from} WHERE ${sql} ORDER BY v.from_seq DESC LIMIT ?`,
      values,
    };
  }
  // Nothing recorded by then began later than `latest`, so what came after it is not walked over. The
  // walk begins at one upper bound only, and the filter's own may be the nearer one.
  const latest = `coalesce((SELECT latest FROM observation_version WHERE from_seq <= ?
      ORDER BY from_seq DESC LIMIT 1), 0)`;
  const upTo: Condition = {
    sql: `v.began <= min(?, ${latest})`,
    values: [latestAsked(filter, cursor), asOf],
  };
  const beyond =
    cursor === undefined
      ? []
      : [{ sql: '(+v.began, v.from_seq) < (?, ?)', values: [cursor.began, cursor.fromSeq] }];
  const { sql, values } = all([inForce(asOf), upTo, ...beyond, ...conditions]);
  return {
    sql: `SELECT v.from_seq, v.began FROM observation_version v ${index}
      WHERE ${sql} ORDER BY v.began DESC, v.from_seq DESC LIMIT ?`,
    values,
  };
}

/** The second axis of a moment is one more end of the filter's time: the earlier of both holds. */
function occurredBefore(filter: ObservationFilter, until: string | undefined): ObservationFilter {
  if (until === undefined || (filter.to !== undefined && filter.to <= until)) return filter;
  return { ...filter, to: until };
}

/** The end of the filter's time is told by the bound of the walk, see `keysQuestion`. */
function withoutEnd(filter: ObservationFilter): ObservationFilter {
  const { to, ...bounded } = filter;
  return to === undefined ? filter : bounded;
}

function latestAsked({ to }: ObservationFilter, cursor: ListCursor | undefined): number {
  const last = to === undefined ? Number.MAX_SAFE_INTEGER : millisOf(to) - 1;
  return Math.min(last, cursor?.began ?? last);
}

/** Versions by the events that began them, as they stood while they were in force up to an event. */
export function rowsByKey(
  readModel: ReadModel,
  keys: readonly number[],
  asOf: number,
): readonly ObservationRow[] {
  return readModel.read((db) => {
    const read = db.prepare(`SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.from_seq = ?`);
    const records = keys.map((key): VersionRecord | undefined => read.get(key));
    return records
      .filter((record) => record !== undefined)
      .map((record) => rowOf(db, record, asOf));
  });
}

function cursorOf(text: string, order: ListCursor['order'], projected: number): ListCursor {
  const cursor = readCursor(text);
  if (cursor.order !== order || cursor.asOf > projected) {
    throw new ReadModelError(
      'cursor_invalid',
      'The cursor belongs to a list of another order or log.',
    );
  }
  return cursor;
}
