import type { FieldName } from './report-fields.ts';
import type { Reading } from './quick-line.ts';

/**
 * Places of the quick line: `b084`, `b084m` (magnetic), `b084g` (grid), `b1500/6000`, `bNNE`; `d3.2k`,
 * `d3000-3400`, `d?`, `ftb9.5s`; a grid reference, `lat,lon`, `sk42`, `e200`; `l64.5-67k` along the
 * line; `p?` not known. The first of a kind counts; what stands later is narrative.
 */
const DEGREES = /^b(\d{1,3}(?:\.\d{1,3})?)([tmg])?$/i;
const SLASHED = /^b(\d{1,4})\/(6000|6400)([tmg])?$/i;
const BARE_MILS = /^b(\d{4}|\d{1,4}mils?)([tmg])?$/i;
const COMPASS = /^b([NS](?:NE|NW|SE|SW|E|W)?|[EW](?:NE|SE|NW|SW)?)$/i;
const RANGE = /^d(\?|\d{1,6}(?:[.,]\d{1,3})?(?:-\d{1,6}(?:[.,]\d{1,3})?)?(?:km?|m)?)$/i;
const SOUND = /^ftb(\d{1,3}(?:\.\d{1,3})?)s?$/i;
const GRID = /^\d{1,2}[C-X][A-Z]{2}\d{2,12}$/i;
/** Somewhere in every square of the earth: zone and square were left out. */
const GRID_CUT = /^(?:\d{6}|\d{8}|\d{10})$/;
const GRID_HEAD = /^\d{1,2}[C-HJ-NP-X](?:[A-HJ-NP-Z][A-HJ-NP-V])?$/i;
const LAT_LON = /^(-?\d{1,2}\.\d{1,8}),(-?\d{1,3}\.\d{1,8})$/;
const ERROR = /^e(\d{1,6})m?$/i;
const STRETCH = /^l(\d{1,6}(?:[.,]\d{1,3})?-\d{1,6}(?:[.,]\d{1,3})?(?:km?|m)?)$/i;
const NORTHS = { t: 'true', m: 'magnetic', g: 'grid' } as const;

export function readPlace(
  words: readonly string[],
  taken: ReadonlySet<FieldName>,
): Reading | undefined {
  const [word = ''] = words;
  return (
    (taken.has('bearing') ? undefined : readBearingWord(word)) ??
    (taken.has('range') || taken.has('flashToBang') ? undefined : readRange(word)) ??
    (taken.has('mgrs') || taken.has('latLon') ? undefined : readPoint(words)) ??
    readRest(word)
  );
}

function readBearingWord(word: string): Reading | undefined {
  const place = 'relative' as const;
  const slashed = SLASHED.exec(word);
  if (slashed !== null) {
    const [, bearing = '', circle, north] = slashed;
    const bearingUnit = circle === '6000' ? ('mil6000' as const) : ('mil6400' as const);
    return { words: 1, fields: { bearing, bearingUnit, north: northOf(north), place } };
  }
  const degrees = DEGREES.exec(word);
  if (degrees !== null) {
    const [, bearing = '', north] = degrees;
    const fields = { bearing, bearingUnit: 'mdeg' as const, north: northOf(north), place };
    return Number(bearing) > 360
      ? { words: 1, fields, problem: 'not_a_bearing' }
      : { words: 1, fields };
  }
  const compass = COMPASS.exec(word);
  if (compass !== null) {
    const [, bearing = ''] = compass;
    return {
      words: 1,
      fields: { bearing: bearing.toUpperCase(), bearingUnit: 'mdeg', north: 'true', place },
    };
  }
  // Which circle? 4800 is 270 degrees of one army and 288 of the other: it is asked, never guessed.
  if (BARE_MILS.test(word)) {
    return { words: 1, fields: { bearing: '', place }, problem: 'mils_without_circle' };
  }
  return undefined;
}

function northOf(letter: string | undefined): 'true' | 'magnetic' | 'grid' {
  const code = letter?.toLowerCase();
  return code === 'm' || code === 'g' ? NORTHS[code] : 'true';
}

function readRange(word: string): Reading | undefined {
  const range = RANGE.exec(word)?.[1];
  if (range !== undefined)
    return { words: 1, fields: { range: range.toLowerCase(), place: 'relative' } };
  const seconds = SOUND.exec(word)?.[1];
  return seconds === undefined
    ? undefined
    : { words: 1, fields: { flashToBang: seconds, place: 'relative' } };
}

function readPoint(words: readonly string[]): Reading | undefined {
  const [word = '', second = ''] = words;
  for (const text of [word, word.endsWith(',') ? word + second : '']) {
    const point = LAT_LON.exec(text);
    if (point === null) continue;
    const latLon = `${point[1]}, ${point[2]}`;
    return { words: text === word ? 1 : 2, fields: { latLon, place: 'point' } };
  }
  if (GRID.test(word)) return { words: 1, fields: { mgrs: word.toUpperCase(), place: 'mgrs' } };
  if (GRID_CUT.test(word))
    return { words: 1, fields: { mgrs: word, place: 'mgrs' }, problem: 'not_a_grid' };
  if (!GRID_HEAD.test(word)) return undefined;
  for (const taken of [4, 3, 2]) {
    const text = words.slice(0, taken).join('');
    if (words.length < taken || !/^\d{1,2}[C-X][A-Z]{2}(?:\d\d){2,5}$/i.test(text)) continue;
    return { words: taken, fields: { mgrs: text.toUpperCase(), place: 'mgrs' } };
  }
  return undefined;
}

function readRest(word: string): Reading | undefined {
  if (word.toLowerCase() === 'sk42') return { words: 1, fields: { datum: 'sk42' } };
  if (word.toLowerCase() === 'p?') return { words: 1, fields: { place: 'unknown' } };
  const error = ERROR.exec(word)?.[1];
  if (error !== undefined) return { words: 1, fields: { errorM: error } };
  const stretch = STRETCH.exec(word)?.[1];
  return stretch === undefined
    ? undefined
    : { words: 1, fields: { stretch: stretch.toLowerCase(), place: 'line' } };
}
