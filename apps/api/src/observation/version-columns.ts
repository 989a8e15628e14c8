import type { DatabaseSync } from 'node:sqlite';
import {
  DETAILED,
  packCounts,
  type VersionParts,
} from '@ceasewatch/domain/situation/situation-columns';
import { STILL } from '../read-model/projection.ts';
import { checkedContent } from './version-rows.ts';

/** The version rows as columns, in log order; 1,000,000 take some two seconds. */
const ROWS = `
SELECT v.from_seq, v.to_seq, v.began, v.packed, v.means, v.sector, v.unit, v.contingent, v.officer,
       v.feature, v.content_seq, v.lat, v.lon, v.count_code, v.count_value, c.content, c.sum
  FROM observation_version v LEFT JOIN observation_content c
    ON v.count_code = ${DETAILED} AND c.seq = v.content_seq
 ORDER BY v.from_seq`;

type VersionArray = readonly [
  from: number,
  to: number,
  began: number,
  packed: number,
  means: number,
  sector: number | null,
  unit: number,
  contingent: number | null,
  officer: number | null,
  feature: number | null,
  contentSeq: number,
  lat: number | null,
  lon: number | null,
  countCode: number,
  countValue: number,
  content: string | null,
  sum: number | null,
];

type Words = ReadonlyMap<number | null, string | null>;

/** What lists and sums over all versions are made of. The caller holds the transaction. @throws DamagedRow */
export function* versionColumns(db: DatabaseSync): Iterable<VersionParts> {
  const words = new Map<number | null, string | null>([[null, null]]);
  for (const row of db.prepare('SELECT id, word FROM observation_word').all()) {
    words.set(Number(row['id']), String(row['word']));
  }
  const rows = db.prepare(ROWS);
  rows.setReturnArrays(true);
  for (const row of rows.iterate()) yield partsOf(versionOf(row), words);
}

/** The statement returns arrays, and the table is STRICT, so the types hold. */
function versionOf(row: unknown): VersionArray {
  return row as VersionArray;
}

function partsOf(version: VersionArray, words: Words): VersionParts {
  const [from, to, began, packed, means, sector, unit, contingent, officer, feature, ...more] =
    version;
  const [contentSeq, lat, lon, countCode, countValue, content, sum] = more;
  return {
    from,
    to: to === STILL ? null : to,
    began,
    packed,
    means,
    sector: words.get(sector) ?? null,
    unit: words.get(unit) ?? '',
    contingent: words.get(contingent) ?? null,
    officer: words.get(officer) ?? null,
    feature: words.get(feature) ?? null,
    isUnaltered: contentSeq !== from,
    lat: lat ?? 0,
    lon: lon ?? 0,
    ...(countCode === DETAILED
      ? packCounts(checkedContent(contentSeq, content, sum))
      : { countCode, countValue }),
  };
}
