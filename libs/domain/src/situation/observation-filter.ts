import { type PersonsTold, personsHarmed } from './persons-harmed.ts';
import type { ObservationRow } from './observation-row.ts';
import type { ObservationFilter } from './situation.ts';

/**
 * Every filter as one predicate over a row. The browser filters the live feed with it, the fold sums by
 * it, and lists and sums over columns are tested against it.
 */
export type RowPredicate = (row: ObservationRow) => boolean;

/** In a list of sectors or contingents: what has none. */
export const NONE = 'none';

/**
 * The predicate of a filter. Free text needs the names of the centre, so whoever filters by `q` brings
 * the predicate for it.
 *
 * @throws RangeError when the filter has a `q` and nobody can judge it
 */
export function compileFilter(filter: ObservationFilter, text?: RowPredicate): RowPredicate {
  if (filter.q !== undefined && text === undefined)
    throw new RangeError('free text needs its own predicate');
  const tests = [
    ...timeTests(filter),
    ...wordTests(filter),
    ...flagTests(filter),
    ...placeTests(filter),
  ];
  if (filter.q !== undefined && text !== undefined) tests.push(text);
  return (row) => tests.every((passes) => passes(row));
}

/** Whether changes alone can carry a figure on; free text is asked again. */
export function isFoldable(filter: ObservationFilter): boolean {
  return filter.q === undefined;
}

function timeTests({ from, to }: ObservationFilter): RowPredicate[] {
  // Stored instants have one fixed form, so they compare as text.
  return [
    ...(from === undefined ? [] : [(row: ObservationRow) => row.when.from >= from]),
    ...(to === undefined ? [] : [(row: ObservationRow) => row.when.from < to]),
  ];
}

function wordTests(filter: ObservationFilter): RowPredicate[] {
  const means = setOf(filter.means);
  const weapons = setOf(filter.weapon);
  const tests: (RowPredicate | undefined)[] = [
    oneOf(filter.kind, (row) => row.kind),
    oneOf(filter.group, (row) => row.group),
    oneOf(filter.sector, (row) => row.sector ?? NONE),
    oneOf(filter.contingent, (row) => row.contingent ?? NONE),
    oneOf(filter.unit, (row) => row.unit),
    means && ((row) => row.means.some((each) => means.has(each))),
    weapons && (({ weapon }) => weapon !== undefined && weapons.has(weapon.category)),
  ];
  return tests.filter((test) => test !== undefined);
}

function flagTests(filter: ObservationFilter): RowPredicate[] {
  const { origin } = filter;
  const retracted = filter.retracted === true;
  const tests: (RowPredicate | undefined)[] = [
    (row) => (row.status === 'retracted') === retracted,
    origin && ((row) => row.origin === origin),
    is(filter.late, (row) => row.late),
    is(filter.corrected, isCorrected),
    is(filter.located, isLocated),
    is(filter.casualties, tellsOfCasualties),
  ];
  return tests.filter((test) => test !== undefined);
}

function placeTests({ bbox }: ObservationFilter): RowPredicate[] {
  if (bbox === undefined) return [];
  return [
    (row) => {
      const place = placeOf(row);
      return place !== undefined && liesIn(bbox, place.lat, place.lon);
    },
  ];
}

export function isCorrected(row: ObservationRow): boolean {
  return row.version > 1;
}

export function isLocated(row: ObservationRow): boolean {
  return placeOf(row) !== undefined;
}

export function tellsOfCasualties(row: PersonsTold): boolean {
  return personsHarmed(row).length > 0;
}

/** Where it was resolved to when it was recorded; undefined for what has no point on a map. */
export function placeOf(row: Pick<ObservationRow, 'where'>) {
  return 'resolved' in row.where ? row.where.resolved : undefined;
}

/** The line or area of the centre that the place was told by. */
export function featureOf({ where }: Pick<ObservationRow, 'where'>): string | null {
  if (where.form === 'line') return where.line ?? null;
  return where.form === 'area' ? (where.area ?? null) : null;
}

/** A box whose west lies east of its east goes round over the 180th meridian. */
export function liesIn(
  [west, south, east, north]: readonly [number, number, number, number],
  lat: number,
  lon: number,
): boolean {
  if (lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

function oneOf<Word extends string>(
  words: readonly Word[] | undefined,
  wordOf: (row: ObservationRow) => string,
): RowPredicate | undefined {
  const wanted = setOf<string>(words);
  return wanted && ((row) => wanted.has(wordOf(row)));
}

function is(wanted: boolean | undefined, holds: RowPredicate): RowPredicate | undefined {
  return wanted === undefined ? undefined : (row) => holds(row) === wanted;
}

/** An empty list is no filter, as in a form where nothing is ticked. */
function setOf<Word extends string>(
  words: readonly Word[] | undefined,
): ReadonlySet<Word> | undefined {
  return words === undefined || words.length === 0 ? undefined : new Set(words);
}
