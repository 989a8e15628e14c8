import type { DatabaseSync } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { readText, type TextQuery, type TextWord } from '@ceasewatch/domain/situation/text-query';
import { gazetteerAsOf } from '../centre/gazetteer.queries.ts';
import type { AskedText, Named } from '../read-model/columns-desk.ts';
import { all, type Condition, type TextCondition } from './filter-sql.ts';
import { wordIds } from './version-rows.ts';

/** Free text as a condition on version rows; undefined without `q`. */
export function textCondition(
  db: DatabaseSync,
  viewer: Viewer,
  { q }: ObservationFilter,
  asOf: number,
): TextCondition | undefined {
  if (q === undefined || q.trim() === '') return undefined;
  const query = readText(q, gazetteerAsOf(db, viewer, asOf));
  return wordsCondition(db, query, mayReadDisclosures(viewer));
}

/** Free text for whoever has the words of all versions; undefined without `q`. */
export function askedText(
  db: DatabaseSync,
  viewer: Viewer,
  { q }: ObservationFilter,
  asOf: number,
): AskedText | undefined {
  if (q === undefined || q.trim() === '') return undefined;
  const { words } = readText(q, gazetteerAsOf(db, viewer, asOf));
  return {
    words: words.map((word) => ({ word, named: namedBy(word) })),
    narrative: mayReadDisclosures(viewer),
  };
}

/** Versions by the number or the id that a word may be. */
function namedBy({ number, id }: TextWord): Named | null {
  const keys = byNumberOrId(number, id);
  return keys.length === 0 ? null : versionsOf(keys);
}

/** What an answer says of a search: nothing without one, else whether narrative was searched too. */
export function searchedNarrative(
  viewer: Viewer,
  text: object | undefined,
): { readonly narrativeSearched?: boolean } {
  return text === undefined ? {} : { narrativeSearched: mayReadDisclosures(viewer) };
}

function wordsCondition(db: DatabaseSync, { words }: TextQuery, narrative: boolean): TextCondition {
  const meanings = words.map((word) => wordCondition(db, word, narrative));
  return { ...all(meanings), few: meanings.some(({ few }) => few) };
}

/** A word that names nothing of the centre leads to its rows by keys; others are tested row by row. */
function wordCondition(db: DatabaseSync, word: TextWord, narrative: boolean): TextCondition {
  const features = wordIds(db, word.areas);
  const dense = [
    ...oneOf('v.unit', wordIds(db, word.units)),
    ...oneOf('v.officer', wordIds(db, word.officers)),
    ...oneOf('v.sector', features),
    ...oneOf('v.feature', features),
    ...word.boxes.map(([west, south, east, north]) => ({
      sql: 'v.lat BETWEEN ? AND ? AND v.lon BETWEEN ? AND ?',
      values: [south, north, west, east],
    })),
  ];
  const keys = keysOf(word, narrative);
  const byKey = keys.length === 0 ? [] : [keyCondition(keys)];
  return { ...anyOf([...dense, ...byKey]), few: dense.length === 0 };
}

function keyCondition(keys: readonly Condition[]): Condition {
  const { sql, values } = versionsOf(keys);
  return { sql: `v.from_seq IN (${sql})`, values };
}

function versionsOf(keys: readonly Condition[]): Condition {
  return {
    sql: keys
      .map(({ sql }) => `SELECT from_seq FROM observation_version WHERE ${sql}`)
      .join(' UNION ALL '),
    values: keys.flatMap(({ values }) => values),
  };
}

/** Number, id, and the words of narratives and of places told by name. */
function keysOf({ word, number, id }: TextWord, narrative: boolean): readonly Condition[] {
  // Whoever may not read narratives does not search them either.
  const columns = narrative ? '{place narrative}' : '{place}';
  const parts = word.split(' ').map((part) => `${columns} : "${part}"*`);
  return [
    ...byNumberOrId(number, id),
    ...(word === ''
      ? []
      : [
          {
            sql: 'content_seq IN (SELECT rowid FROM observation_text WHERE observation_text MATCH ?)',
            values: [parts.join(' AND ')],
          },
        ]),
  ];
}

function byNumberOrId(number: number | null, id: string | null): readonly Condition[] {
  return [
    ...(number === null ? [] : [{ sql: 'number = ?', values: [number] }]),
    // `g` is the first letter that an id does not have.
    ...(id === null
      ? []
      : [
          {
            sql: 'number IN (SELECT number FROM observation WHERE id >= ? AND id < ?)',
            values: [id, `${id}g`],
          },
        ]),
  ];
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
