import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { DISPLAY_GROUPS, KINDS, MEANS } from '@ceasewatch/domain/observation/vocabulary';
import { NONE } from '@ceasewatch/domain/situation/observation-filter';
import {
  CASUALTIES,
  CORRECTED,
  EXTERNAL,
  LATE,
  LOCATED,
  maskOf,
  RETRACTED,
  weaponNumber,
} from '@ceasewatch/domain/situation/packed-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { millisOf } from '../read-model/stored-instant.ts';
import { cellsOf } from './grid-cell.ts';
import { weaponOf } from './observation-tables.ts';
import { wordIds } from './version-rows.ts';

/**
 * A filter as conditions on version rows `v`. Which rows pass is said once, by the predicate in the
 * domain; a property test holds this against it.
 */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** A box of more cells than this is rather walked over, newest first, than gathered and sorted. */
const MOST_CELLS = 16;

export function inForce(asOf: number): Condition {
  return { sql: 'v.from_seq <= ? AND v.to_seq > ?', values: [asOf, asOf] };
}

export function conditionsOf(db: DatabaseSync, filter: ObservationFilter): readonly Condition[] {
  const conditions: (Condition | undefined)[] = [
    flagCondition(filter),
    ...kindConditions(filter),
    oneOfNumbers(
      '(v.packed >> 5) & 7',
      filter.group?.map((group) => DISPLAY_GROUPS.indexOf(group)),
    ),
    meansCondition(filter),
    weaponCondition(filter),
    oneOfWords(db, 'v.sector', filter.sector),
    oneOfWords(db, 'v.contingent', filter.contingent),
    oneOfWords(db, 'v.unit', filter.unit),
    filter.from === undefined
      ? undefined
      : { sql: 'v.began >= ?', values: [millisOf(filter.from)] },
    filter.to === undefined ? undefined : { sql: 'v.began < ?', values: [millisOf(filter.to)] },
    boxCondition(filter),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** Free text that leads to its rows by itself has `few` of them. */
export interface TextCondition extends Condition {
  readonly few: boolean;
}

function fewCells({ bbox }: ObservationFilter): readonly number[] | undefined {
  return bbox && cellsOf(bbox, MOST_CELLS);
}

export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}

function flagCondition(filter: ObservationFilter): Condition {
  const wanted: readonly [bit: number, holds: boolean | undefined][] = [
    [RETRACTED, filter.retracted === true],
    [LATE, filter.late],
    [CORRECTED, filter.corrected],
    [CASUALTIES, filter.casualties],
    [LOCATED, filter.located],
    [EXTERNAL, filter.origin === undefined ? undefined : filter.origin === 'external'],
  ];
  const asked = wanted.filter(([, holds]) => holds !== undefined);
  const mask = asked.reduce((bits, [bit]) => bits | bit, 0);
  const value = asked.reduce((bits, [bit, holds]) => (holds === true ? bits | bit : bits), 0);
  // Said once more, in the words of the partial indexes.
  const rare = [RETRACTED, CASUALTIES].filter((bit) => value & bit);
  const also = rare.map((bit) => ` AND v.packed & ${bit} <> 0`).join('');
  return { sql: `v.packed & ${mask} = ${value}${also}`, values: [] };
}

/** By the packed row, which other indexes cover, and for a single kind also by the index of kinds. */
function kindConditions({ kind }: ObservationFilter): readonly (Condition | undefined)[] {
  const packed = oneOfKinds('v.packed & 31', kind);
  return kind?.length === 1 ? [packed, oneOfKinds('v.kind', kind)] : [packed];
}

function oneOfKinds(column: string, kinds: ObservationFilter['kind']): Condition | undefined {
  return oneOfNumbers(
    column,
    kinds?.map((kind) => KINDS.indexOf(kind)),
  );
}

function meansCondition({ means }: ObservationFilter): Condition | undefined {
  if (means === undefined || means.length === 0) return undefined;
  return { sql: `v.means & ${maskOf(means, MEANS)} <> 0`, values: [] };
}

/** Said twice, as in the rare flags. */
function weaponCondition({ weapon }: ObservationFilter): Condition | undefined {
  const told = weaponOf('v.packed');
  const wanted = oneOfNumbers(told, weapon?.map(weaponNumber));
  return wanted && { ...wanted, sql: `${wanted.sql} AND ${told} <> 0` };
}

function boxCondition({ bbox }: ObservationFilter): Condition | undefined {
  if (bbox === undefined) return undefined;
  const [west, south, east, north] = bbox;
  const within = west <= east ? 'v.lon BETWEEN ? AND ?' : '(v.lon >= ? OR v.lon <= ?)';
  const inBox = { sql: `v.lat BETWEEN ? AND ? AND ${within}`, values: [south, north, west, east] };
  const cells = fewCells({ bbox });
  if (cells === undefined)
    return { sql: `v.cell IS NOT NULL AND ${inBox.sql}`, values: inBox.values };
  return {
    sql: `v.cell IN (SELECT value FROM json_each(?)) AND ${inBox.sql}`,
    values: [JSON.stringify(cells), ...inBox.values],
  };
}

function oneOfNumbers(
  column: string,
  numbers: readonly number[] | undefined,
): Condition | undefined {
  if (numbers === undefined || numbers.length === 0) return undefined;
  return { sql: `${column} IN (${numbers.join(', ')})`, values: [] };
}

/** A list of nothing is FALSE to SQLite, which then forgets the words that a partial index asks for. */
const NOBODYS = -1;

function oneOfWords(
  db: DatabaseSync,
  column: string,
  words: readonly string[] | undefined,
): Condition | undefined {
  if (words === undefined || words.length === 0) return undefined;
  const ids = wordIds(
    db,
    words.filter((word) => word !== NONE),
  );
  const known = `${column} IN (${ids.join(', ') || NOBODYS})`;
  return { sql: words.includes(NONE) ? `${known} OR ${column} IS NULL` : known, values: [] };
}
