import { readClock } from './quick-time.ts';
import { readPlace } from './quick-place.ts';
import { EXPLOSION_CODES, KIND_CODES, MEANS_CODES, WEAPON_CODES } from './kind-codes.ts';
import type { CasualtyField, Edits, FieldName } from './report-fields.ts';

/**
 * The quick line: `saf 12 b084 d3.2k 1358~5 heard c3 bursts from the wood`. Codes in any order, then,
 * from the first word that is no code, the narrative. It only sorts what was typed into fields; judging
 * is done where every report is judged. Pure, so that it can be tested letter by letter.
 */
export interface QuickLine {
  readonly tokens: readonly QuickToken[];
  readonly fields: Edits;
}

export interface QuickToken {
  readonly text: string;
  /** The fields that this token filled; the first one names the chip. */
  readonly fields: readonly FieldName[];
  /** Why a token that looks like a code is none: a key of the catalogue under `report.token`. */
  readonly problem?: TokenProblem;
}

export const TOKEN_PROBLEMS = [
  'mils_without_circle',
  'not_a_time',
  'not_a_grid',
  'not_a_bearing',
] as const;
export type TokenProblem = (typeof TOKEN_PROBLEMS)[number];

/** What one reader made of the next words. */
export interface Reading {
  /** How many words it took. */
  readonly words: number;
  readonly fields: Edits;
  readonly problem?: TokenProblem;
}

type Reader = (words: readonly string[], taken: ReadonlySet<FieldName>) => Reading | undefined;

const READERS: readonly Reader[] = [
  readKind,
  readClockWord,
  readPlace,
  readCount,
  readCasualty,
  readCode('explosion', EXPLOSION_CODES),
  readCode('weapon', WEAPON_CODES),
  readMeans,
  readConfidence,
];

export function parseQuickLine(line: string): QuickLine {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const tokens: QuickToken[] = [];
  const taken = new Set<FieldName>();
  let fields: Edits = {};
  let at = 0;
  while (at < words.length) {
    const rest = words.slice(at);
    const reading = readNext(rest, taken);
    if (reading === undefined) break;
    const names = Object.keys(reading.fields) as FieldName[];
    tokens.push({
      text: rest.slice(0, reading.words).join(' '),
      fields: names,
      ...(reading.problem === undefined ? {} : { problem: reading.problem }),
    });
    fields = merged(fields, reading.fields);
    for (const name of names) taken.add(name);
    at += reading.words;
  }
  const narrative = narrativeOf(line, words, at);
  return { tokens, fields: narrative === '' ? fields : { ...fields, narrative } };
}

/** The line without its time, so that a repeated report gets a time of its own; the narrative stays. */
export function withoutTime(line: string): string {
  const { tokens, fields } = parseQuickLine(line);
  const codes = tokens.filter((token) => !token.fields.includes('time')).map(({ text }) => text);
  const { narrative } = fields;
  // Without its codes' company the narrative might begin with a code.
  return [...codes, ...(narrative === undefined ? [] : [`: ${narrative}`])].join(' ');
}

/** Text after a colon is narrative whatever its words; everything else is asked of each reader in turn. */
function readNext(rest: readonly string[], taken: ReadonlySet<FieldName>): Reading | undefined {
  if (rest[0]?.startsWith(':') === true) return undefined;
  for (const reader of READERS) {
    const reading = reader(rest, taken);
    if (reading !== undefined) return reading;
  }
  return undefined;
}

/** The narrative as it was typed, its own spaces kept. */
function narrativeOf(line: string, words: readonly string[], at: number): string {
  let from = 0;
  for (const word of words.slice(0, at)) from = line.indexOf(word, from) + word.length;
  return line.slice(from).trim().replace(/^:\s*/, '');
}

function merged(fields: Edits, more: Edits): Edits {
  return {
    ...fields,
    ...more,
    ...(more.means === undefined ? {} : { means: [...(fields.means ?? []), ...more.means] }),
    ...(more.casualties === undefined
      ? {}
      : { casualties: [...(fields.casualties ?? []), ...more.casualties] }),
  };
}

function readKind(
  [word = '']: readonly string[],
  taken: ReadonlySet<FieldName>,
): Reading | undefined {
  const found = KIND_CODES.find(({ code }) => code === word.toLowerCase());
  if (found === undefined || taken.has('kind')) return undefined;
  const { kind, unit, weapon } = found;
  return {
    words: 1,
    fields: { kind, countUnit: unit, ...(weapon === undefined ? {} : { weapon }) },
  };
}

function readClockWord(
  words: readonly string[],
  taken: ReadonlySet<FieldName>,
): Reading | undefined {
  if (taken.has('time')) return undefined;
  return readClock(words);
}

const COUNT =
  /^(?:[nx=](\d{1,9})|(~|>=|≥)?(\d{1,3}|\d{5,9})(\+)?|(~|>=|≥)(\d{4})|(\d{4})\+|(\d{1,4})-(\d{1,4})|(\?))$/i;

/** `12`, `~12`, `12+`, `>=12`, `10-15`, `?`. Four digits are a time unless something says otherwise: `n1200`. */
function readCount(
  [word = '']: readonly string[],
  taken: ReadonlySet<FieldName>,
): Reading | undefined {
  const match = taken.has('count') ? null : COUNT.exec(word);
  if (match === null) return undefined;
  const [, named, sign, short, plus, longSign, long, longPlus, low, high, unknown] = match;
  if (unknown !== undefined) return { words: 1, fields: { count: '', countHow: 'not_known' } };
  if (low !== undefined && high !== undefined) {
    const middle = Math.round((Number(low) + Number(high)) / 2).toString();
    return {
      words: 1,
      fields: { count: middle, countHow: 'about', countLow: low, countHigh: high },
    };
  }
  const count = named ?? short ?? long ?? longPlus ?? '';
  const how = sign ?? longSign;
  if (how === '~') return { words: 1, fields: { count, countHow: 'about' } };
  const atLeast = how !== undefined || plus !== undefined || longPlus !== undefined;
  return { words: 1, fields: { count, countHow: atLeast ? 'at_least' : 'exact' } };
}

const CASUALTY = /^([kim])(~?\d{1,4}\+?|\?)(civ|mil|nk)$/i;
const OUTCOMES: Readonly<Record<string, CasualtyField['outcome']>> = {
  k: 'killed',
  i: 'injured',
  m: 'missing',
};
const PERSONS: Readonly<Record<string, CasualtyField['person']>> = {
  civ: 'civilian',
  mil: 'military',
};

/** `k2civ`, `i3mil`, `m?nk`: killed, injured, missing; civilian, military, status not known. */
function readCasualty([word = '']: readonly string[]): Reading | undefined {
  const match = CASUALTY.exec(word);
  if (match === null) return undefined;
  const [, letter = '', count = '', who = ''] = match;
  const outcome = OUTCOMES[letter.toLowerCase()];
  if (outcome === undefined) return undefined;
  const person = PERSONS[who.toLowerCase()] ?? 'not_known';
  return { words: 1, fields: { casualties: [{ outcome, person, count }] } };
}

function readCode<Name extends 'explosion' | 'weapon'>(
  name: Name,
  codes: Readonly<Record<string, NonNullable<Edits[Name]>>>,
): Reader {
  return ([word = '']) => {
    const code = word.toLowerCase();
    if (!Object.hasOwn(codes, code)) return undefined;
    const fields: Edits = { [name]: codes[code] };
    return { words: 1, fields };
  };
}

function readMeans([word = '']: readonly string[]): Reading | undefined {
  const code = word.toLowerCase();
  const means = Object.hasOwn(MEANS_CODES, code) ? MEANS_CODES[code] : undefined;
  return means === undefined ? undefined : { words: 1, fields: { means: [means] } };
}

const CONFIDENCE = { c1: 'low', c2: 'moderate', c3: 'high' } as const;

function readConfidence([word = '']: readonly string[]): Reading | undefined {
  const code = word.toLowerCase();
  if (code !== 'c1' && code !== 'c2' && code !== 'c3') return undefined;
  return { words: 1, fields: { confidence: CONFIDENCE[code] } };
}
