import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { Refusal } from '../refusal.ts';
import { OFFICERS, UNITS } from '../testing/cast.ts';
import { ENTERED_POSITIONS, ENTERED_TIMES } from '../testing/entered-cases.ts';
import { EXERCISE, exerciseContext } from '../testing/exercise-context.ts';
import { refusalOf } from '../testing/given-when-then.ts';
import { observationReport, reportContent, type ReportContent } from './observation.report.ts';
import { readReport } from './report-reading.ts';

const shot: ReportContent = {
  kind: 'shot',
  count: { value: 3, qualifier: 'at_least', unit: 'shot' },
  means: ['heard'],
  when: { from: '2026-11-22T09:40:00Z', precision: 'minute', zone: 'Asia/Baku', clock: 'device' },
  where: { form: 'point', lat: 39.99, lon: 46.92, errorM: 100 },
  unit: UNITS.postDogwood,
};

/** `data` of the second vector of event-format.md, without its digests. */
const VECTOR: unknown = JSON.parse(
  `{"count":{"qualifier":"about","unit":"burst","value":12},"kind":"burst","means":["heard"],"origin":"unit","unit":"019aa9c0-0000-7000-8000-0000000000b7","watch":null,"when":{"clock":"device","from":"2026-11-22T09:58:00.000Z","precision":"minute","to":"2026-11-22T09:59:00.000Z","zone":"Europe/Moscow"},"where":{"bearing":{"north":"true","unit":"mdeg","value":84000},"form":"relative","range":{"max":3400,"min":3000},"resolved":{"errorM":320,"lat":39991241,"lon":46927118,"method":"relative.1","sector":"019aa9c0-0000-7000-8000-0000000000c2"},"unit":"019aa9c0-0000-7000-8000-0000000000b7"}}`,
);

function codesOf(body: Partial<ReportContent>): readonly string[] {
  return readReport({ ...shot, ...body }, exerciseContext()).warnings.map(({ code }) => code);
}

describe('the report of event-format.md', () => {
  it('becomes the data of its event', () => {
    const { content, text } = readReport(
      {
        kind: 'burst',
        count: { value: 12, qualifier: 'about', unit: 'burst' },
        means: ['heard'],
        when: {
          from: '2026-11-22T12:58:00+03:00',
          precision: 'minute',
          zone: 'Europe/Moscow',
          clock: 'device',
        },
        where: {
          form: 'relative',
          unit: UNITS.postDogwood,
          bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
          range: { min: 3000, max: 3400 },
        },
        narrative: 'Three bursts, then silence.',
      },
      exerciseContext(),
    );
    expect(content).toEqual(VECTOR);
    expect(text).toEqual({ narrative: 'Three bursts, then silence.' });
  });
});

describe('a report', () => {
  it('is read as it stands, whatever was read in the same context before', () => {
    const context = exerciseContext();
    const body = { ...shot, kind: 'shot' as ReportContent['kind'] };
    expect(readReport(body, context).content.kind).toBe('shot');
    body.kind = 'burst';
    expect(readReport(body, context).content.kind).toBe('burst');
  });
});

describe('a place', () => {
  it('is resolved from where the unit stood at that time', () => {
    const { centre } = EXERCISE;
    if (centre.status === 'none') throw new Error('the exercise has a centre');
    const patrol = centre.units.get(UNITS.patrolBravo);
    if (patrol === undefined) throw new Error('the exercise has a patrol');
    const moved = {
      from: '2026-11-22T09:00:00.000Z',
      position: { lat: 40_000_000, lon: 46_900_000, errorM: 10 },
    };
    const units = new Map(centre.units).set(patrol.unit, {
      ...patrol,
      positions: [...patrol.positions, moved],
    });
    const seen = (from: string) => {
      const place = {
        form: 'relative',
        unit: patrol.unit,
        bearing: { value: 0, unit: 'mil6400', north: 'true' },
        range: { min: 900, max: 1100 },
      } as const;
      const body = { ...shot, unit: patrol.unit, where: place, when: { ...shot.when, from } };
      const { content } = readReport(body, { ...exerciseContext(), centre: { ...centre, units } });
      return content.where.form === 'unknown' ? undefined : content.where.resolved?.lat;
    };
    expect(seen('2026-11-22T08:30:00Z')).toBeLessThan(39_850_000);
    expect(seen('2026-11-22T09:30:00Z')).toBeGreaterThan(40_000_000);
  });
});

describe('what is unusual is a warning and stops nothing', () => {
  it.each<[string, Partial<ReportContent>, string]>([
    ['nothing', {}, ''],
    [
      'another unit of count',
      { count: { value: 2, qualifier: 'exact', unit: 'crater' } },
      'unusual_unit',
    ],
    ['very many', { count: { value: 900, qualifier: 'about', unit: 'shot' } }, 'many'],
    ['very far', { where: relative(25_000) }, 'far'],
    ['old', { when: { ...shot.when, from: '2026-11-20T09:40:00Z' } }, 'old'],
    [
      'outside the mission area',
      { where: { form: 'point', lat: 39.9, lon: 47.7 } },
      'outside_mission_area',
    ],
    ['far from the unit', { where: { form: 'point', lat: 39.41, lon: 47.5 } }, 'far_from_unit'],
    ['swapped axes', { where: { form: 'point', lat: 46.92, lon: 39.99 } }, 'axes_swapped'],
    ['a clock that is off', { deviceOffsetMs: -90_000 }, 'device_clock_off'],
    ['a class of explosion of a shot', { explosion: 'impact' }, 'unusual_field'],
    [
      'a restriction of no kind',
      { kind: 'restriction', count: { unknown: 'not_known' } },
      'not_told',
    ],
  ])('%s', (_, body, code) => {
    if (code === '') expect(codesOf(body)).toEqual([]);
    else expect(codesOf(body)).toContain(code);
  });

  it('says that a unit was not open yet or any more', () => {
    const { centre } = EXERCISE;
    if (centre.status === 'none') throw new Error('the exercise has a centre');
    const post = centre.units.get(UNITS.postDogwood);
    if (post === undefined) throw new Error('the exercise has this post');
    const closed = { ...post, closedFrom: '2026-11-01T00:00:00.000Z' };
    const units = new Map(centre.units).set(post.unit, closed);
    const { warnings } = readReport(shot, { ...exerciseContext(), centre: { ...centre, units } });
    expect(warnings.map(({ code }) => code)).toEqual(['unit_not_open']);
  });
});

describe('the body of a report', () => {
  it('refuses fields that nobody knows, at any depth', () => {
    expect(reportContent.safeParse({ ...shot, attribution: 'them' }).success).toBe(false);
    expect(reportContent.safeParse({ ...shot, when: { ...shot.when, tz: 'C' } }).success).toBe(
      false,
    );
  });

  it('takes a UUIDv7 in lower case for its id, and nothing else', () => {
    const id = '019aa9c0-7d3e-7a41-8c55-0000000186a7';
    expect(observationReport.safeParse({ id, ...shot }).success).toBe(true);
    for (const wrong of [id.toUpperCase(), id.replace('7a41', '4a41'), 'a', '']) {
      expect(observationReport.safeParse({ id: wrong, ...shot }).success).toBe(false);
    }
  });

  it('keeps narrative as it came, refuses half a surrogate pair and more than 16 KiB', () => {
    const hostile = '\u200f\u0000a\u0301'.padEnd(400, '\u0301');
    expect(readReport({ ...shot, narrative: hostile }, exerciseContext()).text.narrative).toBe(
      hostile,
    );
    expect(reportContent.safeParse({ ...shot, narrative: hostile }).success).toBe(true);
    expect(reportContent.safeParse({ ...shot, narrative: '\ud800' }).success).toBe(false);
    expect(reportContent.safeParse({ ...shot, narrative: 'ə'.repeat(8_192) }).success).toBe(true);
    expect(reportContent.safeParse({ ...shot, narrative: 'ə'.repeat(8_193) }).success).toBe(false);
  });

  it.each(['narrative', 'asEntered'])(
    'refuses what turns the writing around in %s, which is kept as it came otherwise',
    (field) => {
      for (const turning of [
        '\u202a',
        '\u202b',
        '\u202d',
        '\u202e',
        '\u2066',
        '\u2067',
        '\u2068',
      ]) {
        const told = { ...shot, [field]: `${turning}31 shells` };
        expect(reportContent.safeParse(told).error?.issues).toMatchObject([
          { path: [field], message: 'hidden_character' },
        ]);
      }
      const hebrew = { ...shot, [field]: '\u200fשלוש יריות\u200e, soft\u00adly' };
      expect(reportContent.safeParse(hebrew).success).toBe(true);
    },
  );

  it('counts from one: zero belongs to a nil report', () => {
    const count = { value: 0, qualifier: 'exact', unit: 'shot' };
    expect(reportContent.safeParse({ ...shot, count }).success).toBe(false);
  });

  it('names a unit, unless the officer reports from one', () => {
    const { unit: _, ...unnamed } = shot;
    const context = exerciseContext();
    const actor = { ...exerciseContext(undefined, OFFICERS.hale).actor };
    expect(readReport(unnamed, context).content.unit).toBe(UNITS.postDogwood);
    expect(refusalOf(() => readReport(unnamed, { ...context, actor })).refused[0]).toMatchObject({
      field: 'unit',
      reason: 'unit_missing',
    });
  });
});

describe('a report with a time and a place as they are entered', () => {
  it.each(ENTERED_TIMES)('time: $in is $ok', ({ in: from, ok }) => expectTime(from, ok));
  it.each(ENTERED_POSITIONS)('place: $in is $ok', ({ in: place, ok }) => expectPlace(place, ok));
});

describeShared('corpora/own', 'the own lists', (lists) => {
  const times = casesOf(join(lists, 'times.json'));
  const places = casesOf(join(lists, 'coordinates.json'));
  it.each(times)('times: $in is $ok', ({ in: from, ok }) => expectTime(from, ok));
  it.each(places)('coordinates: $in is $ok', ({ in: place, ok }) => expectPlace(place, ok));
});

function expectTime(from: unknown, ok: boolean | 'warn'): void {
  const when = { ...shot.when, from };
  expect(verdictOf({ ...shot, when }, '2026-11-22T06:40:00Z')).toBe(ok);
}

function expectPlace(place: unknown, ok: boolean | 'warn'): void {
  const where =
    typeof place === 'object' && !Array.isArray(place) ? { form: 'point', ...place } : place;
  const verdict = verdictOf({ ...shot, where });
  // The poles are positions, and a unit that reports from there is asked again.
  expect(ok === true && verdict === 'warn' ? outsideOf(place) : verdict).toBe(ok);
}

function casesOf(list: string): { in: unknown; ok: boolean | 'warn' }[] {
  return JSON.parse(readFileSync(list, 'utf8')).cases;
}

function verdictOf(body: unknown, now?: string): boolean | 'warn' {
  const parsed = reportContent.safeParse(body);
  if (!parsed.success) return false;
  try {
    return readReport(parsed.data, exerciseContext(now)).warnings.length > 0 ? 'warn' : true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') return false;
    throw error;
  }
}

/** True for a place outside the mission area, whose only warning is that it lies there. */
function outsideOf(place: unknown): boolean {
  const where = { form: 'point', ...(place as object) };
  const parsed = reportContent.parse({ ...shot, where });
  const codes = readReport(parsed, exerciseContext()).warnings.map(({ code }) => code);
  return codes.every((code) => code === 'outside_mission_area' || code === 'far_from_unit');
}

function relative(max: number): ReportContent['where'] {
  const bearing = { value: 1500, unit: 'mil6400', north: 'true' } as const;
  return { form: 'relative', unit: UNITS.postDogwood, bearing, range: { min: max - 500, max } };
}
