import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Count, countSchema, observedCountSchema } from './count.ts';
import { COUNT_UNITS, QUALIFIERS, UNKNOWN_REASONS } from './count-words.ts';
import {
  figureOf,
  minusCount,
  minusSum,
  NOTHING_COUNTED,
  plusCount,
  plusSum,
  wholeOf,
} from './count-sum.ts';

const known = fc.record({
  value: fc.integer({ min: 0, max: 100_000 }),
  qualifier: fc.constantFrom(...QUALIFIERS),
  unit: fc.constantFrom(...COUNT_UNITS),
});
const counts: fc.Arbitrary<Count> = fc.oneof(
  known,
  known.map((count) => ({ ...count, low: Math.floor(count.value / 2), high: count.value * 2 })),
  fc.constantFrom(...UNKNOWN_REASONS).map((unknown) => ({ unknown })),
);

const bursts = (value: number, qualifier: 'exact' | 'about' | 'at_least' = 'exact'): Count => ({
  value,
  qualifier,
  unit: 'burst',
});
const sumOf = (...all: Count[]) => all.reduce(plusCount, NOTHING_COUNTED);

describe('a count', () => {
  it('is a value with qualifier and unit, as in the vector of the event format', () => {
    const vector = { qualifier: 'about', unit: 'burst', value: 12 };
    expect(observedCountSchema.parse(vector)).toEqual(vector);
  });

  it('may be unknown for one of three reasons', () => {
    for (const unknown of UNKNOWN_REASONS)
      expect(countSchema.parse({ unknown })).toEqual({ unknown });
    expect(countSchema.safeParse({ unknown: 'lost' }).success).toBe(false);
    expect(countSchema.safeParse({ unknown: 'not_known', value: 3 }).success).toBe(false);
  });

  it('may be zero for casualties, not for an observation', () => {
    expect(countSchema.safeParse(bursts(0)).success).toBe(true);
    expect(observedCountSchema.safeParse(bursts(0)).success).toBe(false);
    expect(observedCountSchema.safeParse({ unknown: 'not_known' }).success).toBe(true);
  });

  it('keeps low and high bounds around its value', () => {
    expect(countSchema.safeParse({ ...bursts(12, 'about'), low: 10, high: 15 }).success).toBe(true);
    expect(countSchema.safeParse({ ...bursts(12, 'about'), low: 13 }).success).toBe(false);
    expect(countSchema.safeParse({ ...bursts(12, 'about'), high: 11 }).success).toBe(false);
  });

  it.each([
    { value: 1.5, qualifier: 'exact', unit: 'burst' },
    { value: -1, qualifier: 'exact', unit: 'burst' },
    { value: '12', qualifier: 'exact', unit: 'burst' },
    { value: 2 ** 53, qualifier: 'exact', unit: 'burst' },
    { value: 12, qualifier: 'exactly', unit: 'burst' },
    { value: 12, qualifier: 'exact', unit: 'violation' },
    { value: 12, qualifier: 'exact' },
    { value: 12, qualifier: 'exact', unit: 'burst', note: 'x' },
  ])('refuses %j', (wrong) => {
    expect(countSchema.safeParse(wrong).success).toBe(false);
  });
});

describe('a sum of counts', () => {
  it('of about 170 and 30 is about 200', () => {
    const whole = wholeOf(sumOf(bursts(170, 'about'), bursts(30)));
    expect(figureOf(whole)).toEqual({ value: 200, qualifier: 'about', unit: 'burst' });
  });

  it('of at least 3 and about 12 is at least 15', () => {
    const whole = wholeOf(sumOf(bursts(3, 'at_least'), bursts(12, 'about')));
    expect(figureOf(whole)).toEqual({ value: 15, qualifier: 'at_least', unit: 'burst' });
    expect(whole.totals[0]?.open).toBe(true);
  });

  it('becomes exact again when the vague report is taken away', () => {
    const sum = minusCount(sumOf(bursts(170, 'about'), bursts(30)), bursts(170, 'about'));
    expect(figureOf(wholeOf(sum))).toEqual({ value: 30, qualifier: 'exact', unit: 'burst' });
  });

  it('never adds mixed units', () => {
    const whole = wholeOf(
      sumOf(bursts(12), bursts(3), { value: 2, qualifier: 'exact', unit: 'explosion' }),
    );
    expect(whole.mixed).toBe(true);
    expect(whole.totals.map(({ unit, value }) => [unit, value])).toEqual([
      ['burst', 15],
      ['explosion', 2],
    ]);
    expect(figureOf(whole)).toBeUndefined();
  });

  it('tells reports without a number beside the total, which is at least that much', () => {
    const whole = wholeOf(sumOf(bursts(12), { unknown: 'not_known' }, { unknown: 'withheld' }));
    expect(whole).toMatchObject({ reports: 3, unknownReports: 2, mixed: false });
    expect(figureOf(whole)).toEqual({ value: 12, qualifier: 'at_least', unit: 'burst' });
  });

  it('has no figure when nothing was counted, which is not zero', () => {
    expect(figureOf(wholeOf(sumOf({ unknown: 'not_known' })))).toBeUndefined();
    expect(wholeOf(NOTHING_COUNTED)).toEqual({
      totals: [],
      mixed: false,
      reports: 0,
      unknownReports: 0,
    });
  });

  it('adds the bounds for error bands', () => {
    const whole = wholeOf(sumOf({ ...bursts(12, 'about'), low: 10, high: 15 }, bursts(3)));
    expect(whole.totals[0]).toMatchObject({ low: 13, value: 15, high: 18, open: false });
  });

  it('is undone by subtraction, in any order', () => {
    fc.assert(
      fc.property(fc.array(counts), fc.array(counts), (kept, gone) => {
        const both = [...gone, ...kept].reduce(plusCount, NOTHING_COUNTED);
        expect(gone.reduce(minusCount, both)).toEqual(sumOf(...kept));
        expect(minusSum(both, sumOf(...gone))).toEqual(sumOf(...kept));
        expect(plusSum(sumOf(...kept), sumOf(...gone))).toEqual(both);
      }),
    );
  });
});
