import { describe, expect, it } from '@jest/globals';
import { buildContent } from './report-content.ts';
import { parseQuickLine } from './quick-line.ts';
import { fieldsOf } from './report-fields.ts';

const NOW = Date.parse('2026-11-22T10:00:07Z');
const RULES = {
  now: NOW,
  zone: 'Asia/Baku',
  unit: '019aa9c0-0000-7000-8000-0000000000b7',
  unitPosition: { lat: 39_988_230, lon: 46_889_860 },
  declinationMdeg: 6500,
};

function build(line: string) {
  return buildContent(fieldsOf(parseQuickLine(line).fields, {}), RULES, line);
}

describe('a report from the form', () => {
  it('is the vector of the event format', () => {
    expect(build('bur ~12 b084 d3000-3400 1358 heard').content).toMatchObject({
      kind: 'burst',
      count: { value: 12, qualifier: 'about', unit: 'burst' },
      means: ['heard'],
      when: { from: '2026-11-22T09:58:00.000Z', precision: 'minute', zone: 'Asia/Baku' },
      where: {
        form: 'relative',
        bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
        range: { min: 3000, max: 3400 },
      },
      via: 'form',
      asEntered: 'bur ~12 b084 d3000-3400 1358 heard',
    });
  });

  it('takes a clock time for the latest one that is not in the future', () => {
    expect(build('uav 1 b1 d1k 1401 seen').content?.when.from).toBe('2026-11-21T10:01:00.000Z');
    expect(build('uav 1 b1 d1k 1400 seen').content?.when.from).toBe('2026-11-22T10:00:00.000Z');
  });

  it('takes a zone letter at its word and keeps the zone', () => {
    expect(build('uav 1 b1 d1k 1258C seen').content?.when).toMatchObject({
      from: '2026-11-22T09:58:00.000Z',
      zone: 'Europe/Moscow',
    });
  });

  it('never lets the doubt about a time reach into the future', () => {
    expect(build('uav 1 b1 d1k 1358~5 seen').content?.when).toMatchObject({
      from: '2026-11-22T09:53:00.000Z',
      to: '2026-11-22T10:01:00.000Z',
      precision: 'period',
    });
  });

  it.each([
    ['d3,2-3,4k', { min: 3200, max: 3400 }],
    ['d1,5k', { min: 1400, max: 1600 }],
    ['d3,200-3,400', { min: 3200, max: 3400 }],
  ])('takes the comma of %s as its writer means it', (word, range) => {
    expect(build(`uav 1 b1 ${word} seen`).content?.where).toMatchObject({ range });
  });

  it('gives a lone distance the margin of an estimate', () => {
    expect(build('uav 1 b1 d3.2k seen').content?.where).toMatchObject({
      range: { min: 3000, max: 3400 },
    });
    expect(build('uav 1 b1 d800 seen').content?.where).toMatchObject({
      range: { min: 750, max: 850 },
    });
  });

  it('derives a range from the seconds between flash and bang', () => {
    expect(build('exp 1 b1 ftb9.5 heard').content?.where).toMatchObject({
      range: { min: 3035, max: 3433 },
    });
  });

  it('turns magnetic north with the declared declination', () => {
    expect(build('uav 1 b4800/6000m d1k seen').content?.where).toMatchObject({
      bearing: { value: 4800, unit: 'mil6000', north: 'magnetic', declinationMdeg: 6500 },
    });
  });

  it('names the fields that are missing', () => {
    const { content, problems } = build('saf 12');
    expect(content).toBeNull();
    expect(problems.map(({ field }) => field)).toEqual(['means', 'bearing']);
  });

  it('keeps unknown numbers unknown', () => {
    expect(build('saf ? p? heard').content).toMatchObject({
      count: { unknown: 'not_known' },
      where: { form: 'unknown', reason: 'not_known' },
    });
  });
});
