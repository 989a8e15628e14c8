import type { ObservationPage } from '@ceasewatch/api/contract';
import type { WeaponCategory } from '@ceasewatch/domain/observation/vocabulary';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { getJson } from '../api/fetch-json.ts';

/**
 * Whether a weapon class was never told before. Classes that were met once are remembered; for a new
 * one the list is read back until it is met, which happens a few times in a centre's life.
 */
const met = new Set<WeaponCategory>();
const asked = new Set<WeaponCategory>();
const PAGE = '500';
const MOST_PAGES = 20;

export function remember(rows: Iterable<ObservationRow>): void {
  for (const row of rows) {
    if (row.weapon !== undefined) met.add(row.weapon.category);
  }
}

/**
 * False when it was told before, while another report of the same class is being judged, and when the
 * list is too long to be read back: then nothing is claimed.
 *
 * @throws ApiProblem when it could not be asked; the next report of the class asks again
 */
export async function isFirstSighting(
  category: WeaponCategory,
  row: ObservationRow,
): Promise<boolean> {
  if (met.has(category) || asked.has(category)) return false;
  asked.add(category);
  try {
    const first = await isFirstInList(category, row);
    met.add(category);
    return first;
  } finally {
    asked.delete(category);
  }
}

async function isFirstInList(category: WeaponCategory, row: ObservationRow): Promise<boolean> {
  let cursor: string | undefined = '';
  for (let page = 0; page < MOST_PAGES && cursor !== undefined; page += 1) {
    const search = new URLSearchParams({ order: 'recorded', limit: PAGE });
    if (cursor !== '') search.set('cursor', cursor);
    const answer: ObservationPage = await getJson<ObservationPage>('/api/observations', { search });
    if (answer.items.some((each) => each.id !== row.id && each.weapon?.category === category))
      return false;
    cursor = answer.next;
  }
  return cursor === undefined;
}
