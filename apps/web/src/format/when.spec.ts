import { describe, expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import en from '../../messages/en.json' with { type: 'json' };
import { millis } from './instants.ts';
import { occurred, occurredDated } from './when.ts';
import type { Words } from './words.ts';

const words: Words = createTranslator({ locale: 'en', messages: en });
const from = '2021-02-18T09:00:00.000Z';
const when = { from, zone: 'Asia/Baku', clock: 'post' } as const;
const NOW = millis('2021-02-18T12:00:00.000Z');

describe('when it happened', () => {
  it.each([
    ['minute', '2021-02-18T09:01:00.000Z', '13:00'],
    ['hour', '2021-02-18T10:00:00.000Z', '13:00–14:00'],
    ['period', '2021-02-18T09:10:00.000Z', '13:05 ±\u00a05\u00a0min'],
    ['period', '2021-02-18T11:30:00.000Z', '13:00–15:30'],
    ['day', '2021-02-18T20:00:00.000Z', '18 FEB'],
  ] as const)('is no finer than a %s when that was told', (precision, to, said) => {
    expect(occurred({ ...when, precision, to }, 'Asia/Baku', NOW, words)).toBe(said);
  });

  it.each([
    ['2020-11-02T20:00:00.000Z', '2020-11-06T20:00:00.000Z', '03–06 NOV 2020'],
    ['2020-10-27T20:00:00.000Z', '2020-11-03T20:00:00.000Z', '28 OCT 2020–03 NOV 2020'],
    ['2021-02-16T20:00:00.000Z', '2021-02-18T20:00:00.000Z', '17–18 FEB'],
    ['2021-02-17T20:00:00.000Z', '2021-02-18T20:00:00.000Z', '18 FEB'],
  ])('is told in days from midnight to midnight of its zone, %s to %s', (begin, to, said) => {
    const told = { ...when, from: begin, to, precision: 'period' } as const;
    expect(occurred(told, 'Asia/Baku', NOW, words)).toBe(said);
    expect(occurred(told, 'Europe/London', NOW, words)).toBe(said);
  });

  it('keeps its clocks where a period of several days has them', () => {
    const told = { ...when, precision: 'period', to: '2021-02-20T11:30:00.000Z' } as const;
    expect(occurred(told, 'Asia/Baku', NOW, words)).toBe('13:00–20 FEB 15:30');
  });

  it('carries day and year in a list', () => {
    const told = { ...when, precision: 'minute', to: '2021-02-18T09:01:00.000Z' } as const;
    expect(occurredDated(told, 'Asia/Baku', words)).toBe('18 FEB 2021 13:00');
  });
});
