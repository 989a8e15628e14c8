import { describe, expect, it } from '@jest/globals';
import { parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import type { Problem } from '@ceasewatch/api/contract/problem';
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
    expect(asOfFault(thrown(), 'UTC', words)).toBe(CATALOGUES.en.past.invalid);
  });

  it('is not blamed on what was typed, when the centre did not answer', () => {
    const away = new ApiProblem('network', 0, '', null);
    expect(asOfFault(away, 'UTC', words)).toBe(CATALOGUES.en.problem.network);
  });

  it('has not come yet, when the centre says how far it is ahead', () => {
    const refused: Problem = {
      type: 'urn:ceasewatch:problem:invalid',
      title: 'The request is not valid',
      status: 422,
      code: 'invalid',
      detail: 'as the node says it',
      errors: [
        { field: 'asOf', reason: 'not_yet', message: 'in English', params: { aheadMs: 7_200_000 } },
      ],
      retry: 'no',
      instance: 'urn:uuid:0',
    };
    const fault = new ApiProblem('invalid', 422, refused.detail, refused);
    expect(asOfFault(fault, 'UTC', words)).toMatch(/^This moment has not come yet: .*2\sh/);
  });

  it('is not passed over in silence, when the fault is ours', () => {
    expect(() => asOfFault(new TypeError('ours'), 'UTC', words)).toThrow('ours');
  });
});
