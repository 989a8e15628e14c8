import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import type { Listed } from '@ceasewatch/domain/situation/version-list';
import type { ObservationPage } from '../contract/observation.ts';
import { type Moment, resolveAsOf } from '../read-model/as-of.ts';
import type { ColumnsDesk } from '../read-model/columns-desk.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { ReadModelError } from '../read-model/read-model-error.ts';
import { type ListCursor, readCursor, writeCursor } from './list-cursor.ts';
import { askedText, searchedNarrative } from './text-search.queries.ts';
import { ROW_COLUMNS, ROW_TABLES, rowOf, type VersionRecord } from './version-rows.ts';

/**
 * Lists in two steps: which versions, found in another thread over columns, and what they say, read by key.
 * A page goes on after the last row's key; an export asks for the keys of many pages at once.
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
/** Each time an export asks for keys, everything that passes is found anew: some milliseconds of a million. */
const KEYS_AT_ONCE = 20_000;

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
  const { asOf, text, cursor } = readModel.read((db) => {
    const cursor =
      request.cursor === undefined ? undefined : cursorOf(request.cursor, order, projected);
    const asOf = cursor?.asOf ?? resolveAsOf(db, projected, known);
    return { asOf, text: askedText(db, viewer, filter, asOf), cursor };
  });
  const asked = { order, behind: cursor, limit: Math.min(Math.max(1, limit), MOST) };
  const { page, more, matching } = await columns.list(filter, asOf, asked, text, signal);
  const keys = page.map(({ fromSeq }) => fromSeq);
  const last = more ? page.at(-1) : undefined;
  return {
    asOf,
    items: rowsByKey(readModel, keys, asOf),
    matching,
    ...searchedNarrative(viewer, text),
    ...(last && { next: writeCursor({ order, asOf, ...last }) }),
  };
}

/**
 * In log order, a few hundred rows at a time; between them nothing is held but the keys of those that follow.
 *
 * @throws ReadModelError rebuilding, overloaded; the signal's reason
 */
export async function* exportRows(
  readModel: ReadModel,
  columns: ColumnsDesk,
  { viewer, asOf, occurredUntil }: Moment & { readonly asOf: number },
  asked: ObservationFilter,
  signal?: AbortSignal,
): AsyncGenerator<ObservationRow, void, void> {
  const filter = occurredBefore(asked, occurredUntil);
  const text = readModel.read((db) => askedText(db, viewer, filter, asOf));
  for (let behind: Listed | undefined, more = true; more;) {
    const page = { order: 'log', behind, limit: KEYS_AT_ONCE } as const;
    const list = await columns.passingList(filter, asOf, page, text, signal);
    const keys = list.page.map(({ fromSeq }) => fromSeq);
    for (let at = 0; at < keys.length; at += MOST) {
      const records = await readModel.wide(
        `SELECT ${ROW_COLUMNS} FROM ${ROW_TABLES} WHERE v.from_seq IN (SELECT value FROM json_each(?))
          ORDER BY v.from_seq`,
        [JSON.stringify(keys.slice(at, at + MOST))],
        signal,
      );
      yield* readModel.read((db) => records.map((record) => rowOf(db, record, asOf)));
    }
    behind = list.page.at(-1);
    ({ more } = list);
  }
}

/** The second axis of a moment is one more end of the filter's time: the earlier of both holds. */
function occurredBefore(filter: ObservationFilter, until: string | undefined): ObservationFilter {
  if (until === undefined || (filter.to !== undefined && filter.to <= until)) return filter;
  return { ...filter, to: until };
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
