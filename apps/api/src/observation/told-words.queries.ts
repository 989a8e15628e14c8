import type { SQLInputValue } from 'node:sqlite';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import { wordsIn } from '@ceasewatch/domain/centre/fold-text';

/** Words that are looked for: whole ones, or beginnings that end with `*`. */
export interface TextWord {
  readonly word: string;
  readonly isBeginning: boolean;
}

/** `mill bur*`: what has no letter or digit is no word and leads to nothing. */
export function textWordsOf(q: string): readonly TextWord[] {
  return q.split(/\s+/).flatMap((part) => {
    const words = wordsIn(part);
    return words.map((word, at) => ({
      word,
      isBeginning: part.endsWith('*') && at === words.length - 1,
    }));
  });
}

/**
 * Up to `limit` events that told of all the words in narrative, text as it was entered, explanation or the
 * name of a place: their numbers between two others, both included, in the order of the walk.
 */
export function eventsTelling(
  viewer: Viewer,
  words: readonly TextWord[],
  { first, last, way }: { readonly first: number; readonly last: number; readonly way: 1 | -1 },
  limit: number,
): { readonly sql: string; readonly values: readonly SQLInputValue[] } {
  // Whoever may not read what was disclosed does not search it either.
  const columns = mayReadDisclosures(viewer) ? '{place narrative said}' : '{place}';
  const match = words.map(({ word, isBeginning }) => `"${word}"${isBeginning ? '*' : ''}`);
  return {
    sql: `SELECT rowid AS seq FROM observation_text WHERE observation_text MATCH ? AND rowid BETWEEN ? AND ?
      ORDER BY rowid ${way === 1 ? 'ASC' : 'DESC'} LIMIT ?`,
    values: [`${columns} : (${match.join(' AND ')})`, first, last, limit],
  };
}
