import { readClock } from './quick-time.ts';
import { readPlace } from './quick-place.ts';
import { readSign, withSignJoined } from './quick-sign.ts';
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
  /** Words of the narrative that would have been codes of what is not told, had they stood before it. */
  readonly unread: readonly string[];
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
  'sign_alone',
  'plus_minus_of_what',
] as const;
export type TokenProblem = (typeof TOKEN_PROBLEMS)[number];

/** What one reader made of the next words. */
export interface Reading {
  /** How many words it took. */
  readonly words: number;
  readonly fields: Edits;
  readonly problem?: TokenProblem;
}

/** What was read so far, and what the word before was about. */
export interface Taken {
  readonly fields: ReadonlySet<FieldName>;
  readonly last: FieldName | undefined;
}

type Reader = (words: readonly string[], taken: Taken) => Reading | undefined;

const READERS: readonly Reader[] = [
  readKind,
  readClockWord,
  readSign,
  (words, taken) => readPlace(words, taken.fields),
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
  let last: FieldName | undefined;
  let fields: Edits = {};
  let at = 0;
  while (at < words.length) {
    const rest = words.slice(at);
    const reading = readNext(rest, { fields: taken, last });
    if (reading === undefined) break;
    const names = Object.keys(reading.fields) as FieldName[];
    tokens.push({
      text: rest.slice(0, reading.words).join(' '),
      fields: names,
      ...(reading.problem === undefined ? {} : { problem: reading.problem }),
    });
    fields = merged(fields, reading.fields);
    for (const name of names) taken.add(name);
    [last] = names;
    at += reading.words;
  }
  const narrative = narrativeOf(line, words, at);
  if (narrative === '') return { tokens, fields, unread: [] };
  const unread = words[at]?.startsWith(':') === true ? [] : unreadIn(words.slice(at), taken);
  return { tokens, fields: { ...fields, narrative }, unread };
}

/** After a slip of the finger everything is narrative; an officer should see which codes that cost. */
function unreadIn(words: readonly string[], taken: ReadonlySet<FieldName>): readonly string[] {
  const found: string[] = [];
  let at = 1;
  while (at < words.length) {
    const reading = readNext(words.slice(at), { fields: taken, last: undefined });
    const [name] = Object.keys(reading?.fields ?? {}) as FieldName[];
    const isNew = name !== undefined && !taken.has(name) && reading?.problem === undefined;
    const width = isNew ? (reading?.words ?? 1) : 1;
    if (isNew) found.push(words.slice(at, at + width).join(' '));
    at += width;
  }
  return found;
}

/** The line without its time, so that a repeated report gets a time of its own; the narrative stays. */
export function withoutTime(line: string): string {
  const { tokens, fields } = parseQuickLine(line);
  const codes = tokens
    .filter((token) => !token.fields.some((name) => TIMES.includes(name)))
    .map(({ text }) => text);
  const { narrative } = fields;
  // Without its codes' company the narrative might begin with a code.
  return [...codes, ...(narrative === undefined ? [] : [`: ${narrative}`])].join(' ');
}

const TIMES: readonly FieldName[] = ['time', 'timeError'];

/** Text after a colon is narrative whatever its words; everything else is asked of each reader in turn. */
function readNext(rest: readonly string[], taken: Taken): Reading | undefined {
  if (rest[0]?.startsWith(':') === true) return undefined;
  const joined = withSignJoined(rest);
  const whole = joined === undefined ? undefined : readNext(joined, taken);
  if (whole !== undefined) return { ...whole, words: whole.words + 1 };
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

function readKind([word = '']: readonly string[], { fields: taken }: Taken): Reading | undefined {
  const found = KIND_CODES.find(({ code }) => code === word.toLowerCase());
  if (found === undefined || taken.has('kind')) return undefined;
  const { kind, unit, weapon } = found;
  return {
    words: 1,
    fields: { kind, countUnit: unit, ...(weapon === undefined ? {} : { weapon }) },
  };
}

function readClockWord(words: readonly string[], { fields: taken }: Taken): Reading | undefined {
  if (taken.has('time')) return undefined;
  return readClock(words);
}

const COUNT =
  /^(?:[nx=](\d{1,9})|(~|>=|≥)?(\d{1,3}|\d{5,9})(\+)?|(~|>=|≥)(\d{4})|(\d{4})\+|(\d{1,4})-(\d{1,4})|(\?))$/i;

/** `12`, `~12`, `12+`, `>=12`, `10-15`, `?`. Four digits are a time unless something says otherwise: `n1200`. */
function readCount([word = '']: readonly string[], { fields: taken }: Taken): Reading | undefined {
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
