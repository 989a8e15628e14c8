import { describe, expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import en from '../../messages/en.json' with { type: 'json' };
import { type Told, wholeSentence } from './sentence.ts';
import { NO_NAMES, type Words } from './words.ts';

const words: Words = createTranslator({ locale: 'en', messages: en });
const names = { ...NO_NAMES, unit: () => 'Post Alder', area: () => 'the Juniper line' };

const told: Told = {
  kind: 'explosion',
  group: 'heavy_weapons',
  count: { value: 12, qualifier: 'about', unit: 'explosion' },
  explosion: 'outgoing',
  weapon: { category: 'mortar_120' },
  means: ['heard'],
  when: {
    from: '2026-11-22T09:58:00.000Z',
    to: '2026-11-22T09:59:00.000Z',
    precision: 'minute',
    zone: 'Asia/Baku',
    clock: 'post',
  },
  where: {
    form: 'relative',
    unit: '019aa9c0-0000-7000-8000-0000000000a1',
    bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
    range: { min: 3_000, max: 3_400 },
  },
  unit: '019aa9c0-0000-7000-8000-0000000000a1',
  watch: null,
  origin: 'unit',
};

const say = (change: Partial<Told>) => wholeSentence({ ...told, ...change }, words, names);

describe('an observation as a sentence', () => {
  it('tells count, class, weapon, means, bearing, range and unit', () => {
    expect(say({})).toBe(
      'Heavy weapons — about 12 outgoing explosions (mortar 120 mm) heard, bearing 084° true, 3.0–3.4\u00a0km from Post Alder',
    );
  });

  it('says one thing in the singular', () => {
    expect(say({ count: { value: 1, qualifier: 'at_least', unit: 'explosion' } })).toContain(
      'at least 1 outgoing explosion (',
    );
  });

  it('says that a number is not known, after what was perceived', () => {
    expect(say({ count: { unknown: 'not_known' }, weapon: undefined })).toContain(
      'outgoing explosions heard, number not known, bearing',
    );
  });

  it('joins several means', () => {
    expect(say({ means: ['heard', 'seen', 'camera'] })).toContain('heard, seen and on camera');
  });

  it('turns a magnetic bearing in mils to true north', () => {
    const bearing = {
      value: 1_400,
      unit: 'mil6000',
      north: 'magnetic',
      declinationMdeg: 6_500,
    } as const;
    const where = {
      ...told.where,
      form: 'relative',
      unit: told.unit,
      bearing,
      range: { unknown: 'not_known' },
    } as const;
    expect(say({ where })).toContain('bearing 091° true from Post Alder, range not known');
  });

  it('keeps a stretch of line a stretch', () => {
    const line = '019aa9c0-0000-7000-8000-0000000000ca';
    expect(say({ where: { form: 'line', line, fromM: 2_000, toM: 5_500 } })).toMatch(
      /along the Juniper line, 2\.0\u00a0km to 5\.5\u00a0km$/,
    );
  });

  it('keeps the name of a place that the centre does not have', () => {
    expect(say({ where: { form: 'area', name: 'Kalbajar district' } })).toMatch(
      /in Kalbajar district$/,
    );
  });

  it('says a place that is not known', () => {
    expect(say({ where: { form: 'unknown', reason: 'withheld' } })).toMatch(/place withheld$/);
  });

  it('tells casualties by outcome and person, never added up', () => {
    const casualties: Told['casualties'] = [
      {
        outcome: 'injured',
        person: 'civilian',
        count: { value: 3, qualifier: 'at_least', unit: 'person' },
      },
      { outcome: 'missing', person: 'not_known', count: { unknown: 'not_known' } },
    ];
    expect(say({ casualties })).toContain(
      'at least 3 injured (civilian), not known missing (status not known)',
    );
  });

  it('names a kind that its unit of count does not say', () => {
    const count = { value: 40, qualifier: 'about', unit: 'person' } as const;
    expect(
      say({
        kind: 'troop_movement',
        group: 'movement',
        count,
        explosion: undefined,
        weapon: undefined,
      }),
    ).toMatch(/^Troop movement — about 40 persons heard/);
  });

  it('says nothing twice, with a number and without', () => {
    const works: Partial<Told> = {
      kind: 'engineering_works',
      group: 'engineering',
      means: ['seen'],
      explosion: undefined,
      weapon: undefined,
    };
    expect(say({ ...works, count: undefined })).toMatch(/^Engineering works — seen, bearing/);
    expect(say({ ...works, count: { unknown: 'not_known' } })).toMatch(
      /^Engineering works — seen, number not known, bearing/,
    );
    const jammed: Partial<Told> = {
      kind: 'signal_interference',
      group: 'restriction',
      restriction: { kind: 'signal_interference' },
    };
    expect(say({ ...works, ...jammed, count: undefined })).toMatch(/^Signal interference — seen, /);
  });

  it('calls a casualty a casualty', () => {
    const casualties: Told['casualties'] = [
      {
        outcome: 'killed',
        person: 'civilian',
        count: { value: 2, qualifier: 'exact', unit: 'person' },
      },
    ];
    const harmed: Partial<Told> = {
      kind: 'casualty',
      group: 'other',
      means: ['document'],
      count: undefined,
      explosion: undefined,
      weapon: undefined,
      casualties,
    };
    expect(say(harmed)).toMatch(/^Casualty — 2 killed \(civilian\) from a document, bearing/);
    const persons = (value: number, qualifier: 'exact' | 'about' = 'exact') =>
      say({ ...harmed, count: { value, qualifier, unit: 'person' } });
    expect(persons(2)).toBe(say(harmed));
    expect(persons(5)).toMatch(/^Casualty — 5 persons from a document, 2 killed \(civilian\), /);
    expect(persons(2, 'about')).toMatch(/^Casualty — about 2 persons from a document, 2 killed/);
  });

  it('does not say in its sentence what its lead has said', () => {
    const shots: Partial<Told> = {
      kind: 'burst_or_shot',
      group: 'small_arms',
      count: undefined,
      explosion: undefined,
      weapon: { category: 'small_arms' },
    };
    expect(say(shots)).toMatch(/^Small arms — burst or shot heard, /);
    expect(say({ ...shots, weapon: { category: 'sniper_rifle' } })).toMatch(
      /^Small arms — burst or shot \(sniper rifle\) heard, /,
    );
  });

  it('says the sort of a restriction', () => {
    const restriction = { kind: 'denied' } as const;
    expect(
      say({
        kind: 'restriction',
        group: 'restriction',
        restriction,
        count: undefined,
        weapon: undefined,
      }),
    ).toMatch(/^Restriction — access denied heard/);
  });
});
