import type { DatabaseSync } from 'node:sqlite';
import {
  DETAILED,
  packCounts,
  type SituationColumns,
} from '@ceasewatch/domain/situation/situation-columns';
import { STILL } from './projection.ts';

/** The version rows as columns, in log order; 1,000,000 take some two seconds. */
const ROWS = `
SELECT v.from_seq, v.to_seq, v.began, v.packed, v.means, v.sector, v.unit, v.contingent, v.lat, v.lon,
       v.count_code, v.count_value,
       CASE v.count_code WHEN ${DETAILED} THEN
         (SELECT c.content FROM observation_content c WHERE c.seq = v.content_seq) END
  FROM observation_version v ORDER BY v.from_seq`;

/** Fills the columns and returns the event up to which they tell. */
export function loadColumns(db: DatabaseSync, columns: SituationColumns): number {
  // One read transaction, so that rows and position are of the same moment.
  db.exec('BEGIN');
  try {
    const words = new Map<number | null, string | null>([[null, null]]);
    for (const row of db.prepare('SELECT id, word FROM observation_word').all()) {
      words.set(Number(row['id']), String(row['word']));
    }
    const rows = db.prepare(ROWS);
    rows.setReturnArrays(true);
    for (const row of rows.iterate()) append(columns, versionOf(row), words);
    return Number(db.prepare('SELECT seq FROM position').get()?.['seq']);
  } finally {
    db.exec('COMMIT');
  }
}

type VersionArray = readonly [
  from: number,
  to: number,
  began: number,
  packed: number,
  means: number,
  sector: number | null,
  unit: number,
  contingent: number | null,
  lat: number | null,
  lon: number | null,
  countCode: number,
  countValue: number,
  content: string | null,
];

/** The statement returns arrays, and the table is STRICT, so the types hold. */
function versionOf(row: unknown): VersionArray {
  return row as VersionArray;
}

function append(
  columns: SituationColumns,
  [
    from,
    to,
    began,
    packed,
    means,
    sector,
    unit,
    contingent,
    lat,
    lon,
    code,
    value,
    content,
  ]: VersionArray,
  words: ReadonlyMap<number | null, string | null>,
): void {
  columns.appendParts({
    from,
    to: to === STILL ? null : to,
    began,
    packed,
    means,
    sector: words.get(sector) ?? null,
    unit: words.get(unit) ?? '',
    contingent: words.get(contingent) ?? null,
    lat: lat ?? 0,
    lon: lon ?? 0,
    ...(content === null
      ? { countCode: code, countValue: value }
      : packCounts(JSON.parse(content))),
  });
}
