import { foldText, wordsIn } from '../centre/fold-text.ts';
import { parseMgrs } from '../measure/mgrs.ts';
import { Refusal } from '../refusal.ts';
import { featureOf, liesIn, placeOf } from './observation-filter.ts';
import type { ObservationRow } from './observation-row.ts';

/**
 * Free text as what it may mean at this centre: each word is held against numbers, ids, names of units,
 * officers, areas and places, and what is left against the words of narratives. Every word has to be
 * met by something of the observation; a grid reference is met by what lies in its square.
 */
export interface Gazetteer {
  readonly units: readonly Named[];
  readonly officers: readonly Named[];
  readonly areas: readonly Named[];
  readonly places: readonly {
    readonly names: readonly string[];
    readonly lat: number;
    readonly lon: number;
  }[];
}
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

export type Box = readonly [west: number, south: number, east: number, north: number];

export interface TextQuery {
  readonly words: readonly TextWord[];
}

export interface TextWord {
  /** Folded; empty where the whole text is a grid reference. */
  readonly word: string;
  readonly number: number | null;
  /** Beginning of an id, at least eight digits of it. */
  readonly id: string | null;
  readonly units: readonly string[];
  readonly officers: readonly string[];
  /** Sectors, lines and areas. */
  readonly areas: readonly string[];
  readonly boxes: readonly Box[];
}

/** A named place reaches this far, some 5 km; a village's name is not a point. */
const PLACE_REACH = 45_000;
const ID_BEGINNING = /^[0-9a-f]{8}[0-9a-f-]*$/;

export function readText(q: string, gazetteer: Gazetteer): TextQuery {
  const square = squareOf(q);
  if (square !== undefined) return { words: [{ ...NOTHING, boxes: [square] }] };
  const words = q
    .trim()
    .split(/\s+/)
    .filter((typed, at, all) => all.indexOf(typed) === at)
    .flatMap((typed) => wordsOf(typed, gazetteer));
  // Signs alone are no words: they find nothing rather than everything.
  return { words: words.length === 0 ? [NOTHING] : words };
}

/**
 * Whether an observation is meant.
 *
 * @param inText whether a word begins some word of its narrative or of a place told by name
 */
export function matchesText(
  query: TextQuery,
  row: ObservationRow,
  inText: (word: string, row: ObservationRow) => boolean,
): boolean {
  return query.words.every(
    (each) => matchesWord(each, row) || (each.word !== '' && inText(each.word, row)),
  );
}

function matchesWord(word: TextWord, row: ObservationRow): boolean {
  const place = placeOf(row);
  return (
    row.number === word.number ||
    (word.id !== null && row.id.startsWith(word.id)) ||
    word.units.includes(row.unit) ||
    (row.officer !== null && word.officers.includes(row.officer)) ||
    (row.sector !== null && word.areas.includes(row.sector)) ||
    word.areas.includes(featureOf(row) ?? '') ||
    (place !== undefined && word.boxes.some((box) => liesIn(box, place.lat, place.lon)))
  );
}

function wordsOf(typed: string, gazetteer: Gazetteer): readonly TextWord[] {
  const plain = typed.toLowerCase();
  if (ID_BEGINNING.test(plain))
    return [{ ...NOTHING, ...numbered(plain), word: foldText(typed), id: plain }];
  return wordsIn(typed).map((word) => ({
    ...NOTHING,
    ...numbered(word),
    word,
    units: named(gazetteer.units, word),
    officers: named(gazetteer.officers, word),
    areas: named(gazetteer.areas, word),
    boxes: gazetteer.places
      .filter(({ names }) => names.some((name) => begins(name, word)))
      .map(around),
  }));
}

/** What means nothing, and so is told of no observation. */
export const NOTHING: TextWord = {
  word: '',
  number: null,
  id: null,
  units: [],
  officers: [],
  areas: [],
  boxes: [],
};

function numbered(word: string): Pick<TextWord, 'number'> {
  return { number: /^\d{1,9}$/.test(word) ? Number(word) : null };
}

function named(things: readonly Named[], word: string): readonly string[] {
  return things.filter(({ names }) => names.some((name) => begins(name, word))).map(({ id }) => id);
}

/** Whether some word of a name begins with the word. */
function begins(name: string, word: string): boolean {
  return ` ${foldText(name)}`.includes(` ${word}`);
}

function around({ lat, lon }: { readonly lat: number; readonly lon: number }): Box {
  const wide = Math.round(PLACE_REACH / Math.max(0.1, Math.cos((lat / 1e6) * (Math.PI / 180))));
  return [lon - wide, lat - PLACE_REACH, lon + wide, lat + PLACE_REACH];
}

/** The square of a grid reference, a little widened because squares lie askew to the graticule. */
function squareOf(q: string): Box | undefined {
  const text = q.replaceAll(/\s/g, '');
  if (!/^\d{1,2}[C-X][A-Z]{2}\d{4,10}$/i.test(text)) return undefined;
  try {
    const { lat, lon, errorM } = parseMgrs(text.toUpperCase());
    const high = Math.ceil(errorM * 9.1);
    const wide = Math.ceil(high / Math.max(0.1, Math.cos((lat / 1e6) * (Math.PI / 180))));
    return [lon - wide, lat - high, lon + wide, lat + high];
  } catch (error) {
    // What is no grid reference may still be a word.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
