import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { WeaponCategory } from '@ceasewatch/domain/observation/vocabulary';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { getJson } from '../api/fetch-json.ts';
import { filterSearch } from '../filter/filter-query.ts';

/**
 * Whether a weapon class was never told before. Classes that were met once are remembered; for a new
 * one the centre is asked what it knew just before the report, however long its log is.
 */
interface Sightings {
  /** The log they were met in; null before it is known. */
  readonly log: string | null;
  readonly met: Set<WeaponCategory>;
  readonly asked: Set<WeaponCategory>;
}

let known = sightingsOf(null);

function sightingsOf(log: string | null): Sightings {
  return { log, met: new Set(), asked: new Set() };
}

/** What was met in one log was not met in another; the first log has all that was met before its name. */
export function readLog(log: string): void {
  if (log === known.log) return;
  known = known.log === null ? { ...known, log } : sightingsOf(log);
}

export function remember(rows: Iterable<ObservationRow>): void {
  for (const row of rows) {
    if (row.weapon !== undefined) known.met.add(row.weapon.category);
  }
}

/**
 * False when it was told before, and while an earlier report of the same class is being judged: of the
 * thousands that one import brings only one is asked about.
 *
 * @throws ApiProblem when it could not be asked; the next report of the class asks again
 */
export async function isFirstSighting(
  category: WeaponCategory,
  row: ObservationRow,
): Promise<boolean> {
  const { met, asked } = known;
  if (met.has(category) || asked.has(category)) return false;
  asked.add(category);
  try {
    const search = filterSearch({ weapon: [category] });
    search.set('asOf', (row.fromSeq - 1).toString());
    search.set('limit', '1');
    const before = await getJson<ObservationPage>('/api/observations', { search });
    met.add(category);
    return before.items.length === 0;
  } finally {
    asked.delete(category);
  }
}
