import type { DatabaseSync } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { readText, type TextQuery, type TextWord } from '@ceasewatch/domain/situation/text-query';
import { gazetteerAsOf } from '../centre/gazetteer.queries.ts';
import type { ReadModel } from '../read-model/read-model.ts';
import { all, type Condition, inForce } from './filter-sql.ts';
import { wordIds } from './version-rows.ts';

/** Free text as a condition on version rows; undefined without `q`. */
export function textCondition(
  db: DatabaseSync,
  viewer: Viewer,
  { q }: ObservationFilter,
  asOf: number,
): Condition | undefined {
  if (q === undefined || q.trim() === '') return undefined;
  const query = readText(q, gazetteerAsOf(db, viewer, asOf));
  return wordsCondition(db, query, mayReadDisclosures(viewer));
}

/** The versions that free text finds as of an event, by the events that began them. */
export async function textHits(
  readModel: ReadModel,
  viewer: Viewer,
  filter: ObservationFilter,
  asOf: number,
): Promise<readonly number[] | undefined> {
  const condition = readModel.read((db) => textCondition(db, viewer, filter, asOf));
  if (condition === undefined) return undefined;
  const { sql, values } = all([inForce(asOf), condition]);
  const rows = await readModel.wide(
    `SELECT v.from_seq FROM observation_version v NOT INDEXED WHERE ${sql}`,
    values,
  );
  return rows.map((row) => Number(row['from_seq']));
}

function wordsCondition(db: DatabaseSync, { words }: TextQuery, narrative: boolean): Condition {
  return all(words.map((word) => anyOf(meaningsOf(db, word, narrative))));
}

function meaningsOf(db: DatabaseSync, word: TextWord, narrative: boolean): readonly Condition[] {
  const features = wordIds(db, word.areas);
  return [
    ...(word.number === null ? [] : [{ sql: 'v.number = ?', values: [word.number] }]),
    ...(word.id === null ? [] : [idCondition(word.id)]),
    ...oneOf('v.unit', wordIds(db, word.units)),
    ...oneOf('v.officer', wordIds(db, word.officers)),
    ...oneOf('v.sector', features),
    ...oneOf('v.feature', features),
    ...word.boxes.map(([west, south, east, north]) => ({
      sql: 'v.lat BETWEEN ? AND ? AND v.lon BETWEEN ? AND ?',
      values: [south, north, west, east],
    })),
    ...(word.word === '' ? [] : [foundCondition(word.word, narrative)]),
  ];
}

function idCondition(id: string): Condition {
  // `g` is the first letter that an id does not have.
  return {
    sql: 'v.number IN (SELECT number FROM observation WHERE id >= ? AND id < ?)',
    values: [id, `${id}g`],
  };
}

/** Whoever may not read narratives does not search them either. */
function foundCondition(word: string, narrative: boolean): Condition {
  const columns = narrative ? '{place narrative}' : '{place}';
  return {
    sql: 'v.content_seq IN (SELECT rowid FROM observation_text WHERE observation_text MATCH ?)',
    values: [
      word
        .split(' ')
        .map((part) => `${columns} : "${part}"*`)
        .join(' AND '),
    ],
  };
}

function oneOf(column: string, ids: readonly number[]): readonly Condition[] {
  return ids.length === 0 ? [] : [{ sql: `${column} IN (${ids.join(', ')})`, values: [] }];
}

function anyOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' OR ') || 'FALSE',
    values: conditions.flatMap(({ values }) => values),
  };
}
