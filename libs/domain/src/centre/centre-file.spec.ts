import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.ts';
import { exerciseCentre } from '../testing/exercise-centre.ts';
import { refusalOf } from '../testing/given-when-then.ts';
import { CEASEFIRE_EVENTS } from '../ceasefire/ceasefire.events.ts';
import { type CentreFile, foundingEvents, readCentreFile } from './centre-file.ts';
import { CENTRE_EVENTS } from './centre.events.ts';
import { evolveCentre, firstOfficer, NO_CENTRE } from './centre-state.ts';

const FOUNDING = 'apps/api/centres/founding-2021.json';
const EXAMPLE = 'docs/examples/centre.json';
const fromFile = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe.each([
  ['the founding file of the joint centre', () => fromFile(FOUNDING)],
  ['the example of the documents', () => fromFile(EXAMPLE)],
  ["the exercise's", (): unknown => exerciseCentre(Date.UTC(2026, 7, 15, 20))],
])('%s', (_, read) => {
  it('becomes events that are valid as they are stored', () => {
    const { centre, ceasefire } = foundingEvents(readCentreFile(read()));
    expect(centre[0]?.type).toBe('centre.established.v1');
    for (const { type, data } of centre) {
      expect(CENTRE_EVENTS[type].safeParse(data).error).toBeUndefined();
    }
    for (const { type, data } of ceasefire) {
      expect(CEASEFIRE_EVENTS[type].safeParse(data).error).toBeUndefined();
    }
  });

  it('has an operator for whoever does not choose', () => {
    const state = fold(evolveCentre, NO_CENTRE, foundingEvents(readCentreFile(read())).centre);
    expect(firstOfficer(state)).toMatchObject({ role: 'operator' });
    expect(firstOfficer(state)?.unit).toBeDefined();
  });

  it('keeps names of officers out of the leaf', () => {
    const { centre } = foundingEvents(readCentreFile(read()));
    const enrolled = centre.filter(({ type }) => type === 'officer.enrolled.v1');
    for (const { data, disclosed } of enrolled) {
      expect(disclosed?.name).toBeTruthy();
      expect(data).not.toHaveProperty('name');
    }
  });
});

describe('the founding file of the joint centre', () => {
  const file = readCentreFile(fromFile(FOUNDING));

  it('starts its clock at midnight in Moscow', () => {
    expect(file.ceasefire?.inForceAt).toBe('2020-11-09T21:00:00.000Z');
    const elapsed =
      Date.parse('2021-02-18T09:58:00Z') - Date.parse(file.ceasefire?.inForceAt ?? '');
    expect(elapsed).toBe(((100 * 24 + 12) * 60 + 58) * 60_000);
  });

  it('announces sixty and sixty, expandable', () => {
    const announced = file.contingents.flatMap(({ strength = [] }) => strength);
    expect(announced.map(({ count }) => ('value' in count ? count.value : 0))).toEqual([60, 60]);
    expect(announced.every(({ expandable }) => expandable === true)).toBe(true);
  });

  it('gives every fact a titled source and no address', () => {
    expect(file.sources.every(({ date }) => /^\d{4}-\d{2}-\d{2}$/.test(date ?? ''))).toBe(true);
    expect(readFileSync(FOUNDING, 'utf8')).not.toMatch(/https?:|www\./);
  });

  it('names every place and everything else in five languages', () => {
    for (const { name } of [...file.places, ...file.contingents, ...file.areas]) {
      expect(Object.keys(name)).toEqual(['en', 'ru', 'tr', 'az', 'hy']);
    }
  });

  it('shares unit, officer and sector with the exercise, so that examples work on both', () => {
    const ids = [
      ...file.units.map(({ unit }) => unit),
      ...file.officers.map(({ officer }) => officer),
    ];
    expect(ids).toContain('019aa9c0-0000-7000-8000-0000000000b7');
    expect(ids).toContain('019aa9c0-0000-7000-8000-0000000000d4');
    expect(file.areas.map(({ area }) => area)).toContain('019aa9c0-0000-7000-8000-0000000000c2');
  });
});

describe('a centre file that is wrong', () => {
  const good = (): CentreFile => structuredClone(exerciseCentre(0));

  it.each<[string, (file: CentreFile) => unknown, string, string]>([
    ['an unknown field', (file) => ({ ...file, flags: true }), 'flags', 'unknown_field'],
    ['no such zone', (file) => ({ ...file, zone: 'Mars/Olympus' }), 'zone', 'unknown_zone'],
    [
      'an area of no extent',
      (file) => ({ ...file, missionArea: [1, 1, 1, 1] }),
      'missionArea',
      'empty_area',
    ],
    [
      'one contingent',
      (file) => ({ ...file, contingents: file.contingents.slice(1) }),
      'contingents',
      'too_small',
    ],
    [
      'a unit of nobody',
      changed('units', 2, { contingent: 'gamma' }),
      'units.2.contingent',
      'unknown_contingent',
    ],
    [
      'a unit twice',
      changed('units', 2, { unit: exerciseCentre(0).units[1]?.unit }),
      'units.2.unit',
      'twice',
    ],
    [
      'an instant without a zone',
      changed('units', 1, { from: '2026-08-15T20:00:00' }),
      'units.1.from',
      'not_an_instant',
    ],
    [
      "the other's unit",
      changed('officers', 0, { unit: exerciseCentre(0).units[0]?.unit }),
      'officers.0.unit',
      'not_your_unit',
    ],
    [
      'nobody to report',
      changed('officers', 0, { role: 'analyst' }),
      'officers.0.role',
      'first_is_no_operator',
    ],
    [
      'an open ring',
      changed('areas', 0, {
        vertices: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      }),
      'areas.0.vertices',
      'ring_not_closed',
    ],
    [
      'an end before its beginning',
      changed('areas', 0, { to: '1969-01-01T00:00:00Z' }),
      'areas.0.to',
      'ends_before_it_begins',
    ],
  ])('says where: %s', (_, spoil, field, reason) => {
    const refusal = refusalOf(() => readCentreFile(spoil(good())));
    expect(refusal.refused.map((each) => [each.field ?? '', each.reason])).toContainEqual([
      field,
      reason,
    ]);
  });

  it('is told everything that is wrong at once', () => {
    const file = { ...good(), zone: 'nowhere', cutOff: '25:00' };
    expect(refusalOf(() => readCentreFile(file)).refused.map(({ field }) => field)).toEqual([
      'zone',
      'cutOff',
    ]);
  });
});

function changed(list: 'units' | 'officers' | 'areas', at: number, change: object) {
  return (file: CentreFile): unknown => ({
    ...file,
    [list]: file[list].map((item, index) => (index === at ? { ...item, ...change } : item)),
  });
}
