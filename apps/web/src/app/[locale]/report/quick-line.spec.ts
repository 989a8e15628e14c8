import { describe, expect, it } from '@jest/globals';
import { KINDS } from '@ceasewatch/domain/observation/vocabulary';
import { KIND_CODES } from './kind-codes.ts';
import { parseQuickLine, withoutTime } from './quick-line.ts';
import { editsAfterLine } from './report-fields.ts';

const fieldsOf = (line: string) => parseQuickLine(line).fields;
const tokensOf = (line: string) => parseQuickLine(line).tokens.map(({ text }) => text);

describe('the quick line', () => {
  it('reads a complete report', () => {
    expect(fieldsOf('saf 12 b084 d3.2k 1358~5 heard c3 automatic fire, bursts')).toEqual({
      kind: 'burst_or_shot',
      countUnit: 'burst_or_shot',
      weapon: 'small_arms',
      count: '12',
      countHow: 'exact',
      bearing: '084',
      bearingUnit: 'mdeg',
      north: 'true',
      place: 'relative',
      range: '3.2k',
      time: '1358',
      timeError: '5',
      means: ['heard'],
      confidence: 'high',
      narrative: 'automatic fire, bursts',
    });
  });

  it('takes codes in any order and the narrative from the first word that is none', () => {
    expect(fieldsOf('heard c1 1400 exp 3 houses hit, 2 windows')).toMatchObject({
      kind: 'explosion',
      count: '3',
      time: '1400',
      narrative: 'houses hit, 2 windows',
    });
    expect(fieldsOf('uav ? p? : heard 12 times')).toMatchObject({
      kind: 'uav',
      countHow: 'not_known',
      place: 'unknown',
      narrative: 'heard 12 times',
    });
  });

  it('has a code for every kind, and no code twice', () => {
    expect(new Set(KIND_CODES.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(new Set(KIND_CODES.map(({ code }) => code)).size).toBe(KIND_CODES.length);
    for (const { code, kind } of KIND_CODES) expect(fieldsOf(code).kind).toBe(kind);
  });

  it.each([
    ['12', { count: '12', countHow: 'exact' }],
    ['~12', { count: '12', countHow: 'about' }],
    ['12+', { count: '12', countHow: 'at_least' }],
    ['>=12', { count: '12', countHow: 'at_least' }],
    ['~1200', { count: '1200', countHow: 'about' }],
    ['n1200', { count: '1200', countHow: 'exact' }],
    ['10-15', { count: '13', countHow: 'about', countLow: '10', countHigh: '15' }],
    ['?', { count: '', countHow: 'not_known' }],
  ])('reads the count %s', (word, fields) => {
    expect(fieldsOf(word)).toEqual(fields);
  });

  it.each([
    ['b084', { bearing: '084', bearingUnit: 'mdeg', north: 'true' }],
    ['b084.5m', { bearing: '084.5', bearingUnit: 'mdeg', north: 'magnetic' }],
    ['b84g', { bearing: '84', bearingUnit: 'mdeg', north: 'grid' }],
    ['b1500/6000', { bearing: '1500', bearingUnit: 'mil6000', north: 'true' }],
    ['b4800/6400m', { bearing: '4800', bearingUnit: 'mil6400', north: 'magnetic' }],
    ['bNNE', { bearing: 'NNE', bearingUnit: 'mdeg', north: 'true' }],
  ])('reads the bearing %s', (word, fields) => {
    expect(fieldsOf(word)).toEqual({ ...fields, place: 'relative' });
  });

  it('asks which circle mils are of instead of guessing', () => {
    for (const word of ['b4800', 'b1500mil']) {
      expect(parseQuickLine(word).tokens).toEqual([
        expect.objectContaining({ text: word, problem: 'mils_without_circle' }),
      ]);
    }
  });

  it.each([
    ['d3.2k', { range: '3.2k', place: 'relative' }],
    ['d3000-3400', { range: '3000-3400', place: 'relative' }],
    ['d3-3.4k', { range: '3-3.4k', place: 'relative' }],
    ['d3,2k', { range: '3,2k', place: 'relative' }],
    ['d?', { range: '?', place: 'relative' }],
    ['ftb9.5s', { flashToBang: '9.5', place: 'relative' }],
    ['38TPK64086784', { mgrs: '38TPK64086784', place: 'mgrs' }],
    ['38T PK 6408 6784', { mgrs: '38TPK64086784', place: 'mgrs' }],
    ['40.02346,46.93012', { latLon: '40.02346, 46.93012', place: 'point' }],
    ['40.02346, 46.93012', { latLon: '40.02346, 46.93012', place: 'point' }],
    ['l64.5-67k', { stretch: '64.5-67k', place: 'line' }],
    ['e250', { errorM: '250' }],
    ['±250m', { errorM: '250' }],
    ['sk42', { datum: 'sk42' }],
  ])('reads the place %s as one token', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
    expect(tokensOf(text)).toEqual([text]);
  });

  it.each([
    ['1358', { time: '1358' }],
    ['13:58', { time: '13:58' }],
    ['1358c~5', { time: '1358C', timeError: '5' }],
    ['1350-1410D', { time: '1350D', timeEnd: '1410D' }],
    ['221358C NOV 26', { time: '221358C NOV 26' }],
    ['now', { time: '', clock: 'device' }],
    ['now~5', { time: '', clock: 'device', timeError: '5' }],
    ['now±10min', { time: '', clock: 'device', timeError: '10' }],
    ['1358 ±5', { time: '1358', timeError: '5' }],
    ['1358~ 5', { time: '1358', timeError: '5' }],
    ['1358 ± 5', { time: '1358', timeError: '5' }],
    ['±5min', { timeError: '5' }],
    ['221358C NOV 26 ±20', { time: '221358C NOV 26', timeError: '20' }],
  ])('reads the time %s', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each([
    ['saf ~ 12 heard', { count: '12', countHow: 'about' }],
    ['saf 1358 ~5 heard', { count: '5', countHow: 'about' }],
    ['saf 12 1358 ~5 heard', { count: '12', timeError: '5' }],
    ['saf 12 38TPK64086784 ±250 heard', { errorM: '250' }],
  ])('reads a sign by what stands around it: %s', (line, fields) => {
    expect(fieldsOf(line)).toMatchObject({ ...fields, means: ['heard'] });
    expect(fieldsOf(line).narrative).toBeUndefined();
  });

  it.each([
    ['saf ~ heard b084', 'sign_alone'],
    ['saf 12 1358~ heard b084', 'sign_alone'],
    ['saf 12 ±5 heard b084', 'plus_minus_of_what'],
  ])('says that a sign tells nothing and reads on: %s', (line, problem) => {
    const { tokens, fields } = parseQuickLine(line);
    expect(tokens.map((token) => token.problem).filter((each) => each !== undefined)).toEqual([
      problem,
    ]);
    expect(fields).toMatchObject({ means: ['heard'], bearing: '084' });
    expect(fields.narrative).toBeUndefined();
  });

  it('names the codes that a slip has turned into narrative', () => {
    expect(parseQuickLine('saf 12 b084 d3k herad 1358 c3')).toMatchObject({
      fields: { narrative: 'herad 1358 c3' },
      unread: ['1358', 'c3'],
    });
    expect(parseQuickLine('saf 12 b084 d3k 1358 heard c3 seen 2 of them').unread).toEqual([]);
    expect(parseQuickLine('saf 12 : heard c3').unread).toEqual([]);
  });

  it('asks for the square of a grid reference that was cut, and does not count it', () => {
    for (const word of ['648287', '64086784'])
      expect(parseQuickLine(`saf 12 ${word}`).tokens[2]?.problem).toBe('not_a_grid');
    expect(fieldsOf('saf n648287').count).toBe('648287');
  });

  it('says that four digits which no clock shows are no time', () => {
    expect(parseQuickLine('2561').tokens[0]?.problem).toBe('not_a_time');
  });

  it('reads casualties by outcome and sort of person', () => {
    expect(fieldsOf('cas k2civ i~3mil m?nk').casualties).toEqual([
      { outcome: 'killed', person: 'civilian', count: '2' },
      { outcome: 'injured', person: 'military', count: '~3' },
      { outcome: 'missing', person: 'not_known', count: '?' },
    ]);
  });

  it('keeps the second of a kind as narrative', () => {
    expect(fieldsOf('exp 3 seen 2 of them late').narrative).toBe('2 of them late');
  });
});

describe('the line of the last report', () => {
  it.each([
    ['saf 12 b084 1358~5 heard', 'saf 12 b084 heard'],
    ['saf 12 221358C NOV 26 heard', 'saf 12 heard'],
    ['saf 12 13:50-14:10 heard', 'saf 12 heard'],
    ['saf 12 now heard', 'saf 12 heard'],
    ['saf 12 1358 ±5 heard', 'saf 12 heard'],
    ['saf 12 heard as at 1300 yesterday', 'saf 12 heard : as at 1300 yesterday'],
  ])('loses its time and nothing else: %s', (line, left) => {
    expect(withoutTime(line)).toBe(left);
    expect(fieldsOf(left).narrative).toBe(fieldsOf(line).narrative);
  });
});

describe('line and fields', () => {
  it('keep an edited field until the line says something else about it', () => {
    const before = fieldsOf('saf 12');
    const edits = { count: '15', narrative: 'near the mill' };
    expect(editsAfterLine(edits, before, fieldsOf('saf 12 heard'))).toEqual(edits);
    expect(editsAfterLine(edits, before, fieldsOf('saf 14 heard'))).toEqual({
      narrative: 'near the mill',
    });
  });
});
