import { describe, expect, test } from '@jest/globals';
import { PARAMETERS, type ParameterName, REASONS, WARNINGS } from '@ceasewatch/domain/reasons';
import type { Refused, Warning } from '@ceasewatch/domain/refusal';
import { refusalInEnglish, warningInEnglish } from './in-english.ts';

/** A value for every figure, all different, so that a sentence shows which ones it says. */
const NUMBERS = new Set(['metres', 'milliseconds', 'number']);
const MARKS = Object.fromEntries(
  Object.keys(PARAMETERS).map((name, at) => [
    name,
    NUMBERS.has(PARAMETERS[name as ParameterName]) ? 200 + at : `<${name}>`,
  ]),
);

function figures(names: readonly ParameterName[]) {
  return Object.fromEntries(names.map((name) => [name, MARKS[name]]));
}

const ALL = [
  ...Object.entries(REASONS).map(([reason, names]) => ({
    code: reason,
    names,
    text: refusalInEnglish({ field: 'a.b', reason, params: figures(names) } as Refused),
  })),
  ...Object.entries(WARNINGS).map(([code, names]) => ({
    code,
    names,
    text: warningInEnglish({ field: 'a.b', code, params: figures(names) } as Warning),
  })),
];

describe('the English of the codes', () => {
  test.each(ALL)('$code says every figure it has, and no other', ({ names, text }) => {
    expect(text).not.toMatch(/[{}]|undefined/);
    expect(text).toMatch(/^[^a-z]/);
    for (const name of names) {
      const value = MARKS[name];
      // 217 ms are told as 0 s; every other figure stands as it is.
      if (PARAMETERS[name] !== 'milliseconds') expect(text).toContain(String(value));
      else expect(text).toMatch(/\b0 s\b/);
    }
  });

  test('figures are told with their unit, no finer than it matters', () => {
    const said = (rangeM: number) =>
      warningInEnglish({ code: 'far', field: 'f', params: { rangeM, mostM: 20_000 } });
    expect(said(25_040)).toBe('25 km is unusually far; more than 20 km is.');
    const old = (ageMs: number) =>
      warningInEnglish({ code: 'old', field: 'when', params: { ageMs } });
    expect(old(90_000)).toBe('`when` is 90 s ago.');
    expect(old(29 * 3_600_000)).toBe('`when` is 29 h ago.');
    expect(old(5 * 86_400_000)).toBe('`when` is 5 d ago.');
  });
});
