import { describe, expect, it } from '@jest/globals';
import { parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import { createTranslator } from 'next-intl';
import { ApiProblem } from '../api/api-problem.ts';
import { CATALOGUES } from '../locales.ts';
import { asOfFault } from './as-of-fault.ts';

describe('a moment that cannot be looked at', () => {
  const words = createTranslator({ locale: 'en', messages: CATALOGUES.en });

  it('is neither a number nor a time, when the reader of times says so', () => {
    const thrown = () => {
      try {
        return parseDtg('yesterday');
      } catch (error) {
        return error;
      }
    };
    expect(asOfFault(thrown(), words)).toBe(CATALOGUES.en.past.invalid);
  });

  it('is not blamed on what was typed, when the centre did not answer', () => {
    const away = new ApiProblem('network', 0, '', null);
    expect(asOfFault(away, words)).toBe(CATALOGUES.en.problem.network);
  });

  it('is not passed over in silence, when the fault is ours', () => {
    expect(() => asOfFault(new TypeError('ours'), words)).toThrow('ours');
  });
});
