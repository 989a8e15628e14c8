import type { FieldName } from './report-fields.ts';
import type { Reading, Taken } from './quick-line.ts';

/**
 * The signs `~` and `±` of the quick line. Before a number `~` is "about": `~12`. Behind a time both are
 * its doubt in minutes: `1358~5`, `now±10`, `1358 ±5`. `±250m` and `±5min` say themselves what they are.
 * A sign in the air (`~ 12`, `1358~ 5`) belongs to the number that follows; without one it is a slip
 * that is told, never the beginning of the narrative.
 */
const BEFORE_NUMBER = /^(?:now|\d{4}[A-Z]?|\d\d:\d\d[A-Z]?)?[~±]$/i;

/** The words with a sign in the air put to its number; undefined when there is none. */
export function withSignJoined(words: readonly string[]): readonly string[] | undefined {
  const [word = '', next = '', ...rest] = words;
  if (!BEFORE_NUMBER.test(word) || !/^\d/.test(next)) return undefined;
  return [word + next, ...rest];
}

const PLUS_MINUS = /^([~±])(\d{1,6})(min|m)?$/i;

export function readSign([word = '']: readonly string[], taken: Taken): Reading | undefined {
  if (BEFORE_NUMBER.test(word)) return { words: 1, fields: {}, problem: 'sign_alone' };
  const match = PLUS_MINUS.exec(word);
  if (match === null) return undefined;
  const [, sign = '', number = '', unit = ''] = match;
  if (unit.toLowerCase() === 'min') return { words: 1, fields: { timeError: number } };
  if (unit !== '') return { words: 1, fields: { errorM: number } };
  const afterTime = taken.last === 'time' && !taken.fields.has('timeError');
  if (sign === '~') {
    // After a time ~5 may still be the count; once that is told it can only be minutes.
    return afterTime && taken.fields.has('count')
      ? { words: 1, fields: { timeError: number } }
      : undefined;
  }
  if (afterTime) return { words: 1, fields: { timeError: number } };
  if (taken.last !== undefined && POINTS.includes(taken.last)) {
    return { words: 1, fields: { errorM: number } };
  }
  return { words: 1, fields: {}, problem: 'plus_minus_of_what' };
}

const POINTS: readonly FieldName[] = ['latLon', 'mgrs', 'datum'];
