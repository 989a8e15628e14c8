import { describe, expect, test } from '@jest/globals';
import {
  PARAMETERS,
  type ParameterName,
  type Params,
  REASONS,
  WARNINGS,
} from '@ceasewatch/domain/reasons';
import { createTranslator } from 'next-intl';
import en from '../../messages/en.json' with { type: 'json' };
import { figures, refusalText, warningText } from './codes.ts';
import type { Words } from './words.ts';

const words: Words = createTranslator({
  locale: 'en',
  messages: en,
  onError: (error) => {
    throw error;
  },
});

/** A value of each sort of figure. */
const EXAMPLE = {
  metres: 25_000,
  milliseconds: 75_000,
  number: 6400,
  instant: '2026-11-22T09:58:00.000Z',
  kind: 'shot',
  unit_of_count: 'person',
  role: 'analyst',
  choice: 'unit',
  text: 'PK',
} as const;

function examples(names: readonly ParameterName[]): Params {
  return Object.fromEntries(names.map((name) => [name, EXAMPLE[PARAMETERS[name]]]));
}

const CODES = [
  ...Object.entries(REASONS).map(([code, names]) => ({ table: 'refusal', code, names })),
  ...Object.entries(WARNINGS).map(([code, names]) => ({ table: 'warning', code, names })),
] as readonly { table: 'refusal' | 'warning'; code: 'old'; names: readonly ParameterName[] }[];

describe('the catalogue', () => {
  test.each(CODES)('has words for $table $code with exactly its figures', (each) => {
    const { table, code, names } = each;
    const say = (told: readonly ParameterName[]) =>
      words(`${table as 'warning'}.${code}`, figures(examples(told), 'UTC', words));
    expect(say(names)).not.toMatch(/[{}]|undefined/);
    // A figure that the sentence does not say could be left out without a fault.
    for (const name of names) {
      expect(() => say(names.filter((other) => other !== name))).toThrow(
        /FORMATTING_ERROR|not provided/,
      );
    }
  });

  test('has no words for a code that the domain does not have', () => {
    expect(Object.keys(en.refusal).toSorted()).toEqual(Object.keys(REASONS).toSorted());
    expect(Object.keys(en.warning).toSorted()).toEqual(Object.keys(WARNINGS).toSorted());
  });
});

describe('a code in words', () => {
  test('has its figures in the units of the screens', () => {
    const far = { code: 'far', params: { rangeM: 25_040, mostM: 20_000 } };
    expect(warningText(far, 'UTC', words)).toMatch(/^25\.0\u00a0km .* 20\.0\u00a0km/);
    const off = { code: 'device_clock_off', params: { offByMs: 75_000, side: 'ahead' } };
    expect(warningText(off, 'UTC', words)).toBe(
      "This device's clock is 75\u00a0s ahead of the centre's.",
    );
    const early = {
      reason: 'before_the_ceasefire',
      params: { inForceAt: '2020-11-09T21:00:00.000Z' },
    };
    expect(refusalText(early, 'Europe/Moscow', words)).toContain('100000C NOV 20');
    const odd = { code: 'unusual_unit', params: { kind: 'uav', unitOfCount: 'person' } };
    expect(warningText(odd, 'UTC', words)).toBe('UAV is not usually counted in persons.');
  });

  test("says the node's English for a code that only a newer node knows", () => {
    const newer = { reason: 'from_tomorrow', message: 'Not before tomorrow.' };
    expect(refusalText(newer, 'UTC', words)).toBe('Not before tomorrow.');
  });
});
