import {
  DISPLAY_GROUPS,
  KINDS,
  MEANS,
  WEAPON_CATEGORIES,
} from '@ceasewatch/domain/observation/vocabulary';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { instantOf } from '../format/instants.ts';

/**
 * A filter as it stands in an address, the same in the browser's bar and in a question to the api, so
 * that a figure can open exactly its rows. Lists are comma-separated; a word that is not in its list
 * and an instant in any form but the stored one are dropped when they are read.
 */
const LISTS = ['sector', 'kind', 'group', 'means', 'weapon', 'contingent', 'unit'] as const;
/** Filters that are yes or no. */
export const FLAGS = ['late', 'corrected', 'located', 'casualties', 'retracted'] as const;
const INSTANTS = ['from', 'to'] as const;

export const FILTER_KEYS: readonly string[] = [
  ...LISTS,
  ...FLAGS,
  ...INSTANTS,
  'q',
  'origin',
  'bbox',
];

export function filterSearch(filter: ObservationFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const key of LISTS) {
    const values = filter[key];
    if (values !== undefined && values.length > 0) search.set(key, values.join(','));
  }
  for (const key of FLAGS) {
    const value = filter[key];
    if (value !== undefined) search.set(key, value.toString());
  }
  for (const key of [...INSTANTS, 'q'] as const) {
    const value = filter[key];
    if (value !== undefined && value !== '') search.set(key, value);
  }
  if (filter.origin !== undefined) search.set('origin', filter.origin);
  if (filter.bbox !== undefined)
    search.set('bbox', filter.bbox.map((each) => each / MICRO).join(','));
  return search;
}

/** Whether anything at all is filtered: an empty screen without filters has another reason. */
export function isFiltered(filter: ObservationFilter): boolean {
  return filterSearch(filter).size > 0;
}

/** A list with the word in it, or without it when it was there. */
export function toggled<Word extends string>(
  words: readonly Word[] | undefined,
  word: Word,
): readonly Word[] {
  if (words?.includes(word) === true) return words.filter((each) => each !== word);
  return [...(words ?? []), word];
}

export function filterOf(search: URLSearchParams): ObservationFilter {
  const origin = search.get('origin');
  const bbox = boxOf(search.get('bbox'));
  const text = search.get('q') ?? '';
  return {
    ...listOf(search, 'sector'),
    ...known(search, 'kind', KINDS),
    ...known(search, 'group', DISPLAY_GROUPS),
    ...known(search, 'means', MEANS),
    ...known(search, 'weapon', WEAPON_CATEGORIES),
    ...listOf(search, 'contingent'),
    ...listOf(search, 'unit'),
    ...Object.fromEntries(FLAGS.flatMap((key) => truth(key, search.get(key)))),
    ...Object.fromEntries(INSTANTS.flatMap((key) => instant(key, search.get(key)))),
    ...(text === '' ? {} : { q: text }),
    ...(origin === 'unit' || origin === 'external' ? { origin } : {}),
    ...(bbox === undefined ? {} : { bbox }),
  };
}

function listOf<Key extends 'sector' | 'contingent' | 'unit'>(
  search: URLSearchParams,
  key: Key,
): { readonly [each in Key]?: readonly string[] } {
  const values =
    search
      .get(key)
      ?.split(',')
      .filter((value) => value !== '') ?? [];
  return values.length === 0 ? {} : record(key, values);
}

function known<Key extends string, Word extends string>(
  search: URLSearchParams,
  key: Key,
  words: readonly Word[],
): { readonly [each in Key]?: readonly Word[] } {
  const given = search.get(key)?.split(',') ?? [];
  const values = words.filter((word) => given.includes(word));
  return values.length === 0 ? {} : record(key, values);
}

/** `{[key]: value}` keeps the key's own name, which a computed property forgets. */
function record<Key extends string, Value>(
  key: Key,
  value: Value,
): { readonly [each in Key]?: Value } {
  const made: { [each in Key]?: Value } = {};
  made[key] = value;
  return made;
}

function truth(key: string, value: string | null): [string, boolean][] {
  return value === 'true' || value === 'false' ? [[key, value === 'true']] : [];
}

function instant(key: string, value: string | null): [string, string][] {
  const stored = storedInstantIn(value);
  return stored === null ? [] : [[key, stored]];
}

/** A time that a person wrote into the address by hand is no reason for a screen to fail. */
export function storedInstantIn(value: string | null): string | null {
  const ms = Date.parse(value ?? '');
  return value !== null && ms >= 0 && instantOf(ms) === value ? value : null;
}

/** Degrees in the address, as in GeoJSON; 1e-6 degrees in the filter. */
const MICRO = 1_000_000;

function boxOf(value: string | null): readonly [number, number, number, number] | undefined {
  const [west, south, east, north] = (value ?? '').split(',').map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return undefined;
  const box = [west * MICRO, south * MICRO, east * MICRO, north * MICRO].map(Math.round);
  return box.every(Number.isFinite)
    ? [box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0]
    : undefined;
}
