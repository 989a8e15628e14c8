import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { Refusal } from '../refusal.ts';
import { ENTERED_TIMES } from '../testing/entered-cases.ts';
import { civilOf, daysInMonth, formatInstant, judgeInstant, parseInstant } from './instant.ts';

const now = Date.parse('2026-11-22T06:40:00Z');
const inForce = Date.parse('2020-11-09T21:00:00Z');
const rules = { now, notBefore: inForce };

function verdict(text: unknown): boolean | 'warn' {
  try {
    return judgeInstant(text, rules).warnings.length > 0 ? 'warn' : true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') return false;
    throw error;
  }
}

describe('an instant as it is entered', () => {
  it.each(ENTERED_TIMES)('gives $in the verdict $ok', ({ in: text, ok }) => {
    expect(verdict(text)).toBe(ok);
  });
});

describeShared('corpora/own/times.json', 'the own list of times', (list) => {
  const { cases }: { cases: { in: unknown; ok: boolean | 'warn' }[] } = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  it.each(cases)('gives $in the verdict $ok', ({ in: text, ok }) => {
    expect(verdict(text)).toBe(ok);
  });
});

describe('an instant', () => {
  it('is stored in UTC with three fraction digits', () => {
    expect(formatInstant(parseInstant('2026-11-22T10:40:00+04:00').ms)).toBe(
      '2026-11-22T06:40:00.000Z',
    );
  });

  it('has finer fractions cut off, never rounded up', () => {
    expect(formatInstant(parseInstant('2026-11-22T06:40:00.1239999Z').ms)).toBe(
      '2026-11-22T06:40:00.123Z',
    );
    expect(formatInstant(parseInstant('2026-11-22T06:40:59.9999Z').ms)).toBe(
      '2026-11-22T06:40:59.999Z',
    );
    expect(formatInstant(parseInstant('1969-12-31T23:59:59.5Z').ms)).toBe(
      '1969-12-31T23:59:59.500Z',
    );
  });

  it.each([
    ['2024-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2000-02-29T00:00:00Z', true],
    ['1900-02-29T00:00:00Z', false],
    ['2026-04-31T00:00:00Z', false],
    ['2026-00-10T00:00:00Z', false],
    ['2026-13-10T00:00:00Z', false],
    ['2026-11-22t06:40:00z', false],
    ['2026-11-22T06:40Z', false],
    ['2026-11-22T06:40:00.Z', false],
    ['2026-11-22T06:40:00+0400', false],
    ['2026-11-22T06:40:00+04:60', false],
    ['2026-11-22T06:40:00-12:00', true],
    ['2026-11-22T06:40:00-12:01', false],
    ['2026-11-22T06:40:00Z\n', false],
    ['0001-01-01T00:00:00+01:00', false],
    ['9999-12-31T23:59:59Z', true],
    ['9999-12-31T23:59:59-01:00', false],
  ])('%j is one: %s', (text, is) => {
    if (is) expect(parseInstant(text).ms).toBe(Date.parse(text));
    else expect(() => parseInstant(text, 'when.from')).toThrow(Refusal);
  });

  it('names field and reason when it is refused', () => {
    const reasonOf = (text: string): unknown => {
      try {
        return judgeInstant(text, rules, 'when.from');
      } catch (error) {
        return error instanceof Refusal ? error.refused[0] : error;
      }
    };
    expect(reasonOf('22.11.2026 10:40')).toMatchObject({
      field: 'when.from',
      reason: 'not_an_instant',
    });
    expect(reasonOf('2020-11-09T20:59:59.999Z')).toMatchObject({ reason: 'before_the_ceasefire' });
    expect(reasonOf('2026-11-22T07:40:00Z')).toMatchObject({ reason: 'in_the_future' });
  });

  it('may lie at the very start of the ceasefire', () => {
    expect(verdict('2020-11-10T00:00:00+03:00')).toBe('warn');
    expect(judgeInstant('2020-11-10T00:00:00+03:00', rules).warnings[0]?.code).toBe('old');
  });

  it('is clock skew up to 15 minutes ahead and a wrong zone at an hour', () => {
    expect(verdict('2026-11-22T06:41:00Z')).toBe(true);
    expect(verdict('2026-11-22T06:41:00.001Z')).toBe('warn');
    expect(verdict('2026-11-22T06:55:00Z')).toBe('warn');
    expect(verdict('2026-11-22T06:55:00.001Z')).toBe(false);
  });

  it('agrees with the language on every day of the calendar', () => {
    const years = {
      min: Date.parse('0001-01-01T00:00:00Z'),
      max: Date.parse('9999-12-31T23:59:59.999Z'),
    };
    fc.assert(
      fc.property(fc.integer(years), (ms) => {
        expect(formatInstant(ms)).toBe(new Date(ms).toISOString());
        expect(parseInstant(formatInstant(ms)).ms).toBe(ms);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows how long each month is', () => {
    const { year, month } = civilOf(Date.parse('2024-02-29T12:00:00Z'));
    expect([year, month, daysInMonth(year, month)]).toEqual([2024, 2, 29]);
  });
});
