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

/** Numbers between two others, both included, in the order of the walk. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly way: 1 | -1;
}

interface Question {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** So many events are looked at in a few milliseconds. */
const NEAR = 4_096;

/**
 * How far a walk looks at every event before it asks the index; undefined where it need not. For the
 * beginning of a word the index first gathers all events that have such a word, which may be all there are:
 * but then a page of them is near.
 */
export function nearTelling(
  words: readonly TextWord[],
  { first, last, way }: Stretch,
): Stretch | undefined {
  if (!words.some(({ isBeginning }) => isBeginning)) return undefined;
  return way === 1
    ? { first, last: Math.min(last, first + NEAR - 1), way }
    : { first: Math.max(first, last - NEAR + 1), last, way };
}

/**
 * Up to `limit` events that told of all the words in narrative, text as it was entered, explanation or the
 * name of a place: in the order of the walk, by the index of words.
 */
export function eventsTelling(
  viewer: Viewer,
  words: readonly TextWord[],
  { first, last, way }: Stretch,
  limit: number,
): Question {
  // Whoever may not read what was disclosed does not search it either.
  const columns = mayReadDisclosures(viewer) ? '' : '{place} : ';
  const match = words.map(({ word, isBeginning }) => `"${word}"${isBeginning ? '*' : ''}`);
  return {
    sql: `SELECT rowid AS seq FROM observation_text WHERE observation_text MATCH ? AND rowid BETWEEN ? AND ?
      ORDER BY rowid ${orderOf(way)} LIMIT ?`,
    values: [`${columns}(${match.join(' AND ')})`, first, last, limit],
  };
}

/** The same by looking at every event of the stretch. */
export function eventsSaying(
  viewer: Viewer,
  words: readonly TextWord[],
  { first, last, way }: Stretch,
  limit: number,
): Question {
  const told = mayReadDisclosures(viewer)
    ? `' ' || place || ' ' || narrative || ' ' || said || ' '`
    : `' ' || place || ' '`;
  return {
    sql: `SELECT seq FROM observation_folded WHERE seq BETWEEN ? AND ?
      ${words.map(() => `AND instr(${told}, ?) > 0`).join(' ')}
      ORDER BY seq ${orderOf(way)} LIMIT ?`,
    values: [
      first,
      last,
      ...words.map(({ word, isBeginning }) => (isBeginning ? ` ${word}` : ` ${word} `)),
      limit,
    ],
  };
}

function orderOf(way: 1 | -1): 'ASC' | 'DESC' {
  return way === 1 ? 'ASC' : 'DESC';
}
