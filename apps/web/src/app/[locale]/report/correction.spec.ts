import { describe, expect, it } from '@jest/globals';
import type { ObservationDetail } from '@ceasewatch/api/contract/observation';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { correctionOf, untouched } from './correction.ts';
import { buildContent } from './report-content.ts';
import { type FieldName, fieldsOf } from './report-fields.ts';

const UNIT = '019aa9c0-0000-7000-8000-0000000000b7';
const ROW: ObservationRow = {
  id: '019aa9c0-0000-7000-8000-00000000be04',
  number: 12,
  version: 1,
  revision: 0,
  status: 'recorded',
  group: 'heavy_weapons',
  contingent: 'bravo',
  sector: null,
  officer: null,
  authn: 'chosen',
  recordedAt: '2026-11-22T09:59:30.000Z',
  versionRecordedAt: '2026-11-22T09:59:30.000Z',
  reason: null,
  late: false,
  fromSeq: 3,
  toSeq: null,
  kind: 'explosion',
  count: { value: 12, qualifier: 'about', unit: 'explosion', low: 10, high: 15 },
  means: ['heard'],
  when: {
    from: '2026-11-22T09:58:12.000Z',
    to: '2026-11-22T09:58:13.000Z',
    precision: 'second',
    zone: 'Europe/Moscow',
    clock: 'sensor',
  },
  where: {
    form: 'relative',
    unit: UNIT,
    bearing: { value: 4800, unit: 'mil6000', north: 'magnetic', declinationMdeg: 6340 },
    range: { min: 3000, max: 3400 },
    resolved: { lat: 39_991_241, lon: 46_927_118, errorM: 320, method: 'relative.1', sector: null },
  },
  weapon: { category: 'mortar_120', calibreUm: 120_000, confidence: 'low' },
  direction: { towards: { value: 84_000, unit: 'mdeg', north: 'true' } },
  unit: UNIT,
  watch: null,
  origin: 'unit',
};
const DETAIL: ObservationDetail = {
  asOf: 9,
  id: ROW.id,
  number: 12,
  versions: [
    {
      row: ROW,
      eventId: ROW.id,
      eventType: 'observation.recorded.v1',
      eventSeq: 3,
      narrative: { state: 'shown', value: 'Three bursts.' },
      asEntered: { state: 'shown', value: 'exp ~12 b4800m 1258 heard' },
      explanation: null,
    },
  ],
};
const RULES = {
  now: Date.parse('2026-11-22T10:00:00Z'),
  zone: 'Asia/Baku',
  unit: UNIT,
  unitPosition: undefined,
  declinationMdeg: 6500,
};

function corrected(edits: Partial<ReturnType<typeof fieldsOf>>, line = '') {
  const correction = correctionOf(DETAIL);
  if (correction === undefined) throw new Error('nothing to correct');
  const touched = new Set(Object.keys(edits) as FieldName[]);
  return buildContent(
    fieldsOf(correction.fields, edits),
    RULES,
    line,
    untouched(correction.content, touched),
  ).content;
}

describe('a correction', () => {
  it('that touches nothing says exactly what was recorded', () => {
    const { resolved: _, ...where } = { resolved: undefined, ...ROW.where };
    expect(corrected({})).toMatchObject({
      count: ROW.count,
      when: ROW.when,
      where,
      weapon: ROW.weapon,
      direction: ROW.direction,
      narrative: 'Three bursts.',
    });
  });

  it('changes what was touched and keeps seconds, declination and bearings of the rest', () => {
    const content = corrected({ count: '14', movement: 'departing' });
    expect(content).toMatchObject({
      count: { value: 14, qualifier: 'about' },
      when: ROW.when,
      where: { bearing: { declinationMdeg: 6340 } },
      direction: { ...ROW.direction, movement: 'departing' },
    });
  });

  it('made in fields has no line as entered: the old one was typed for the old version', () => {
    expect(corrected({ count: '14' })).not.toHaveProperty('asEntered');
  });

  it('made with a line of its own has that one', () => {
    expect(corrected({ count: '14' }, 'exp ~14')).toMatchObject({ asEntered: 'exp ~14' });
  });

  it('reads a touched place anew, with the declination declared today', () => {
    expect(corrected({ range: '4k' })?.where).toMatchObject({
      range: { min: 3750, max: 4250 },
      bearing: { value: 4800, unit: 'mil6000', north: 'magnetic', declinationMdeg: 6500 },
    });
  });

  it('of a retracted observation is not offered', () => {
    const [version] = DETAIL.versions;
    if (version === undefined) throw new Error('no version');
    const retracted = { ...version, row: { ...ROW, status: 'retracted' as const } };
    expect(correctionOf({ ...DETAIL, versions: [retracted] })).toBeUndefined();
  });
});
