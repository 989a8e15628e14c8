import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
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
} from '@ceasewatch/domain/situation/packed-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { cellsOf } from './grid-cell.ts';
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
const MOST_CELLS = 64;

export function inForce(asOf: number): Condition {
  return { sql: 'v.from_seq <= ? AND v.to_seq > ?', values: [asOf, asOf] };
}

export function conditionsOf(db: DatabaseSync, filter: ObservationFilter): readonly Condition[] {
  const conditions: (Condition | undefined)[] = [
    flagCondition(filter),
    oneOfNumbers(
      'v.kind',
      filter.kind?.map((kind) => KINDS.indexOf(kind)),
    ),
    oneOfNumbers(
      '(v.packed >> 5) & 7',
      filter.group?.map((group) => DISPLAY_GROUPS.indexOf(group)),
    ),
    meansCondition(filter),
    oneOfWords(db, 'v.sector', filter.sector),
    oneOfWords(db, 'v.contingent', filter.contingent),
    oneOfWords(db, 'v.unit', filter.unit),
    filter.from === undefined
      ? undefined
      : { sql: 'v.began >= ?', values: [parseInstant(filter.from).ms] },
    filter.to === undefined
      ? undefined
      : { sql: 'v.began < ?', values: [parseInstant(filter.to).ms] },
    boxCondition(filter),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** The index that leads to the fewest rows, where the filter names something that one begins with. */
export function indexFor(filter: ObservationFilter): string {
  if (filter.bbox !== undefined && cellsOf(filter.bbox, MOST_CELLS) !== undefined) {
    return 'INDEXED BY observation_version_cell';
  }
  if (filter.unit?.length === 1) return 'INDEXED BY observation_version_unit';
  if (filter.kind?.length === 1) return 'INDEXED BY observation_version_kind';
  if (filter.sector?.length === 1) return 'INDEXED BY observation_version_sector';
  return 'NOT INDEXED';
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
  return { sql: `v.packed & ${mask} = ${value}`, values: [] };
}

function meansCondition({ means }: ObservationFilter): Condition | undefined {
  if (means === undefined || means.length === 0) return undefined;
  return { sql: `v.means & ${maskOf(means, MEANS)} <> 0`, values: [] };
}

function boxCondition({ bbox }: ObservationFilter): Condition | undefined {
  if (bbox === undefined) return undefined;
  const [west, south, east, north] = bbox;
  const within = west <= east ? 'v.lon BETWEEN ? AND ?' : '(v.lon >= ? OR v.lon <= ?)';
  const inBox = { sql: `v.lat BETWEEN ? AND ? AND ${within}`, values: [south, north, west, east] };
  const cells = cellsOf(bbox, MOST_CELLS);
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
  const known = `${column} IN (${ids.join(', ')})`;
  return { sql: words.includes(NONE) ? `${known} OR ${column} IS NULL` : known, values: [] };
}
