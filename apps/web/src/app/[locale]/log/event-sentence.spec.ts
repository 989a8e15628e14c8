import { describe, expect, test } from '@jest/globals';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { createTranslator } from 'next-intl';
import messages from '../../../../messages/en.json' with { type: 'json' };
import { NO_NAMES, type Words } from '../../../format/words.ts';
import { eventSentence } from './event-sentence.ts';

const LOG = '019aa9c0-0000-7000-8000-000000000001';
const DOGWOOD = '019aa9c0-0000-7000-8000-0000000000b7';
const FERROW = '019aa9c0-0000-7000-8000-0000000000d4';
const OBSERVATION = '019aa9c0-7d3e-7a41-8c55-0000000186a7';

const words: Words = createTranslator({ locale: 'en', messages });
const telling = {
  words,
  zone: 'Asia/Baku',
  locale: 'en',
  names: {
    ...NO_NAMES,
    unit: (id: string) => (id === DOGWOOD ? 'Post Dogwood' : NO_NAMES.unit(id)),
    officer: (id: string) => (id === FERROW ? 'Lt Nadia Ferrow' : NO_NAMES.officer(id)),
    contingent: (code: string) => (code === 'bravo' ? 'Bravo' : code),
  },
};

type Data = LogEntry['envelope']['data'];

function said(type: string, data: Data, disclosed: LogEntry['disclosed'] = {}): string {
  const envelope: LogEntry['envelope'] = {
    specversion: '1.0',
    id: OBSERVATION,
    source: `urn:ceasewatch:${LOG}`,
    type,
    subject: `observation/${OBSERVATION}`,
    revision: 0,
    time: '2026-11-22T10:00:07.000Z',
    role: 'system',
    authn: 'system',
    data,
  };
  const { lead, rest } = eventSentence({ envelope, disclosed }, telling);
  return `${lead} — ${rest}`;
}

/** The second event of event-format.md, whose bytes are a vector. */
const BURSTS = {
  _sd: ['XXUkzY66L2XW2h8g_0i5fx_nmcaSswh-Cwmm0uNsxvE'],
  count: { qualifier: 'about', unit: 'burst', value: 12 },
  kind: 'burst',
  means: ['heard'],
  origin: 'unit',
  unit: DOGWOOD,
  watch: null,
  when: {
    clock: 'device',
    from: '2026-11-22T09:58:00.000Z',
    precision: 'minute',
    to: '2026-11-22T09:59:00.000Z',
    zone: 'Europe/Moscow',
  },
  where: {
    bearing: { north: 'true', unit: 'mdeg', value: 84000 },
    form: 'relative',
    range: { max: 3400, min: 3000 },
    resolved: { errorM: 320, lat: 39991241, lon: 46927118, method: 'relative.1', sector: null },
    unit: DOGWOOD,
  },
};
const TOLD =
  'Small arms — about 12 bursts heard, bearing 084° true, 3.0–3.4\u00a0km from Post Dogwood';

const EVERY_TYPE: readonly (readonly [type: string, data: Data, sentence: string])[] = [
  [
    'log.opened.v1',
    { exercise: true, leafRule: 1, logId: LOG },
    'Log opened — log …00000001, an exercise for ever, rule 1 for hashing leaves',
  ],
  [
    'centre.established.v1',
    {
      name: { en: 'Joint centre' },
      zone: 'Europe/Moscow',
      missionArea: [46_000_000, 39_000_000, 47_000_000, 40_000_000],
      places: [{ name: { en: 'Larkmead' }, aliases: [], lat: 40_000_000, lon: 46_000_000 }],
      sources: [],
    },
    'Centre established — Joint centre, read in Europe/Moscow, one place in the gazetteer',
  ],
  [
    'centre.calendar-set.v1',
    { zone: 'Europe/Moscow', cutOff: '19:30', from: '2026-08-15T21:00:00.000Z' },
    'Calendar set — the reporting day ends at 19:30 (Europe/Moscow), from 16 AUG 2026 00:00 C',
  ],
  [
    'contingent.admitted.v1',
    { contingent: 'bravo', name: { en: 'Bravo' }, sign: 'circle' },
    'Contingent admitted — Bravo, shown with a circle',
  ],
  [
    'contingent.strength-reported.v1',
    {
      contingent: 'bravo',
      stage: 'announced',
      count: { value: 60, qualifier: 'exact', unit: 'person' },
      expandable: true,
      asOf: '2026-08-15T20:00:00.000Z',
      source: { title: 'Directive JUNIPER' },
    },
    'Strength reported — Bravo: 60 persons announced, as of 16 AUG 2026 00:00 D, expandable, source: Directive JUNIPER',
  ],
  [
    'unit.opened.v1',
    {
      unit: DOGWOOD,
      kind: 'post',
      contingent: 'bravo',
      name: 'Post Dogwood',
      position: { lat: 39_988_230, lon: 46_889_860, errorM: 10 },
      from: '2026-08-15T20:00:00.000Z',
    },
    'Unit opened — Post Dogwood, post of Bravo, at 39.98823, 46.88986 ±\u00a010\u00a0m, from 16 AUG 2026 00:00 D',
  ],
  [
    'unit.moved.v1',
    {
      unit: DOGWOOD,
      position: { lat: 39_988_230, lon: 46_889_860, errorM: 10 },
      from: '2026-08-15T20:00:00.000Z',
    },
    'Unit moved — Post Dogwood to 39.98823, 46.88986 ±\u00a010\u00a0m, from 16 AUG 2026 00:00 D',
  ],
  [
    'unit.closed.v1',
    { unit: DOGWOOD, from: '2026-08-15T20:00:00.000Z', reason: 'relieved' },
    'Unit closed — Post Dogwood: relieved, from 16 AUG 2026 00:00 D',
  ],
  [
    'area.defined.v1',
    {
      area: LOG,
      kind: 'exercise',
      name: { en: 'East range' },
      shape: 'polygon',
      vertices: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
      from: '2026-08-15T20:00:00.000Z',
      to: '2026-08-16T20:00:00.000Z',
    },
    'Area defined — East range, exercise area, 3 points, from 16 AUG 2026 00:00 D to 17 AUG 2026 00:00 D',
  ],
  [
    'area.revised.v1',
    {
      area: LOG,
      kind: 'line',
      name: { en: 'Juniper line' },
      shape: 'line',
      vertices: [
        [0, 0],
        [1, 0],
      ],
      from: '2026-08-15T20:00:00.000Z',
    },
    'Area revised — Juniper line, line, 2 points, from 16 AUG 2026 00:00 D',
  ],
  [
    'officer.enrolled.v1',
    { officer: FERROW, contingent: 'bravo', role: 'operator', unit: DOGWOOD },
    'Officer enrolled — no name, operator of Bravo at Post Dogwood',
  ],
  ['officer.withdrawn.v1', { officer: FERROW }, 'Officer withdrawn — Lt Nadia Ferrow'],
  [
    'ceasefire.declared.v1',
    {
      name: { en: 'Juniper ceasefire' },
      parties: [
        { party: 'northland', name: { en: 'Northland' }, roles: ['party'] },
        { party: 'southland', name: { en: 'Southland' }, roles: ['party'] },
      ],
      inForceAt: '2020-11-09T21:00:00.000Z',
      zone: 'Europe/Moscow',
      sources: [],
    },
    'Ceasefire declared — Juniper ceasefire, between Northland and Southland, in force 10 NOV 2020 00:00 C',
  ],
  [
    'ceasefire.ended.v1',
    { endedAt: '2026-08-15T20:00:00.000Z', declaredBy: 'both parties' },
    'Ceasefire ended — ended 16 AUG 2026 00:00 D, declared by both parties',
  ],
  ['observation.recorded.v1', BURSTS, `Observation recorded — ${TOLD}`],
  [
    'observation.corrected.v1',
    { ...BURSTS, corrects: 1, reason: 'time_base' },
    `Observation corrected — version 1 replaced, time base: ${TOLD}`,
  ],
  [
    'observation.retracted.v1',
    { retracts: 2, reason: 'duplicate' },
    'Observation retracted — version 2 no longer stands, duplicate',
  ],
  [
    'observation.reinstated.v1',
    { reinstates: 2 },
    'Observation reinstated — version 2 stands again',
  ],
  [
    'disclosure.erased.v1',
    {
      event: OBSERVATION,
      digests: ['XXUkzY66L2XW2h8g_0i5fx_nmcaSswh-Cwmm0uNsxvE'],
      reason: 'request of the person',
    },
    'Disclosure erased — one disclosure of event …000186a7: request of the person',
  ],
];

describe('an event is told in a sentence', () => {
  test.each(EVERY_TYPE)('%s', (type, data, sentence) => {
    expect(said(type, data)).toBe(sentence);
  });
  test('whatever its type: none that the log knows is left out', () => {
    expect(EVERY_TYPE.map(([type]) => type).toSorted()).toEqual([...KNOWN_TYPES].toSorted());
  });
  test('an observation brings its display group, with the weapon in it', () => {
    const envelope = {
      type: 'observation.recorded.v1',
      data: { ...BURSTS, weapon: { category: 'autocannon' } },
    };
    expect(groupOf(envelope.type, envelope.data)).toBe('heavy_weapons');
    expect(groupOf('unit.closed.v1', {})).toBeNull();
  });
  test('an officer is told by name, or by why there is none', () => {
    const enrolled = { officer: FERROW, contingent: 'bravo', role: 'auditor' };
    const named = (disclosed: LogEntry['disclosed']) =>
      said('officer.enrolled.v1', enrolled, disclosed);
    expect(named({ name: { state: 'shown', value: 'Lt Nadia Ferrow' } })).toBe(
      'Officer enrolled — Lt Nadia Ferrow, auditor of Bravo',
    );
    expect(named({ name: { state: 'withheld' } })).toContain('name withheld');
    expect(named({ name: { state: 'erased' } })).toContain('name erased');
  });
  test('a type of a later version is named and not guessed at', () => {
    expect(said('watch.opened.v1', { unit: DOGWOOD })).toBe(
      'watch.opened.v1 — a type that this version does not know',
    );
  });
  test('data that does not fit its type is said, with the field', () => {
    expect(said('observation.recorded.v1', { ...BURSTS, kind: 'thunder' })).toBe(
      'observation.recorded.v1 — its data does not fit its type: kind',
    );
  });
});

function groupOf(type: string, data: Data) {
  const base = {
    specversion: '1.0',
    id: LOG,
    source: `urn:ceasewatch:${LOG}`,
    subject: `unit/${LOG}`,
    revision: 0,
  } as const;
  const envelope = {
    ...base,
    type,
    time: '2026-11-22T10:00:07.000Z',
    role: 'system',
    authn: 'system',
    data,
  } as const;
  return eventSentence({ envelope, disclosed: {} }, telling).group;
}
