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
    ['period', '2021-02-18T09:10:00.000Z', '13:05 ± 5 min'],
    ['period', '2021-02-18T11:30:00.000Z', '13:00–15:30'],
    ['day', '2021-02-19T09:00:00.000Z', '18 FEB'],
  ] as const)('is no finer than a %s when that was told', (precision, to, said) => {
    expect(occurred({ ...when, precision, to }, 'Asia/Baku', NOW, words)).toBe(said);
  });

  it('carries day and year in a list', () => {
    const told = { ...when, precision: 'minute', to: '2021-02-18T09:01:00.000Z' } as const;
    expect(occurredDated(told, 'Asia/Baku', words)).toBe('18 FEB 2021 13:00');
  });
});
