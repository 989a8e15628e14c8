import type { DatabaseSync } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { readText, type TextWord } from '@ceasewatch/domain/situation/text-query';
import { gazetteerAsOf } from '../centre/gazetteer.queries.ts';
import type { AskedText, Named } from '../read-model/columns-desk.ts';

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
  // `g` is the first letter that an id does not have.
  const byId = 'SELECT number FROM observation WHERE id >= ? AND id < ?';
  const numbers: readonly Named[] = [
    ...(number === null ? [] : [{ sql: 'SELECT ?', values: [number] }]),
    ...(id === null ? [] : [{ sql: byId, values: [id, `${id}g`] }]),
  ];
  if (numbers.length === 0) return null;
  const wanted = numbers.map(({ sql }) => sql).join(' UNION ALL ');
  return {
    sql: `SELECT from_seq FROM observation_version WHERE number IN (${wanted})`,
    values: numbers.flatMap(({ values }) => values),
  };
}

/** What an answer says of a search: nothing without one, else whether narrative was searched too. */
export function searchedNarrative(
  viewer: Viewer,
  text: object | undefined,
): { readonly narrativeSearched?: boolean } {
  return text === undefined ? {} : { narrativeSearched: mayReadDisclosures(viewer) };
}
