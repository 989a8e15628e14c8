import type { DatabaseSync } from 'node:sqlite';
import { formatInstant } from '@ceasewatch/domain/measure/instant';
import { FIRE_ITEMS, KINDS } from '@ceasewatch/domain/observation/vocabulary';
import { RETRACTED } from '@ceasewatch/domain/situation/packed-row';
import { prepared, wordIds } from './version-rows.ts';

/** When a unit last had something recorded, as of an event; corrections count, silence is silence. */
export function lastReportOf(db: DatabaseSync, unit: string, asOf: number): string | null {
  const [id] = wordIds(db, [unit]);
  if (id === undefined) return null;
  const row = prepared(
    db,
    `SELECT version_recorded_at FROM observation_version INDEXED BY observation_version_unit
      WHERE unit = ? AND from_seq <= ? ORDER BY from_seq DESC LIMIT 1`,
  ).get(id, asOf);
  return row === undefined ? null : formatInstant(Number(row['version_recorded_at']));
}

/** The fire item that began last, among those that stand as of an event and began before `at`. */
export function lastFireItem(
  db: DatabaseSync,
  asOf: number,
  at: number,
): { readonly id: string; readonly number: number; readonly at: string } | null {
  const row = prepared(
    db,
    `SELECT v.number, v.began, o.id
       FROM observation_version v INDEXED BY observation_version_began JOIN observation o ON o.number = v.number
      WHERE v.began < ? AND v.began <= coalesce((SELECT latest FROM observation_version
          WHERE from_seq <= ? ORDER BY from_seq DESC LIMIT 1), 0)
        AND v.from_seq <= ? AND v.to_seq > ? AND ${STANDING_FIRE}
      ORDER BY v.began DESC, v.from_seq DESC LIMIT 1`,
  ).get(at, asOf, asOf, asOf);
  if (row === undefined) return null;
  return {
    id: String(row['id']),
    number: Number(row['number']),
    at: formatInstant(Number(row['began'])),
  };
}

const STANDING_FIRE = `v.packed & ${RETRACTED} = 0
        AND v.packed & 31 IN (${FIRE_ITEMS.map((kind) => KINDS.indexOf(kind)).join(', ')})`;
