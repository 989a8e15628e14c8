import { describe, expect, it } from '@jest/globals';
import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import { createTranslator } from 'next-intl';
import messages from '../../../../messages/en.json' with { type: 'json' };
import { NO_NAMES } from '../../../format/words.ts';
import { changesBetween } from './version-diff.ts';

const UNIT = '019aa9c0-0000-7000-8000-0000000000b7';
const FIRST: ObservationContent = {
  kind: 'explosion',
  count: { value: 2, qualifier: 'exact', unit: 'explosion' },
  means: ['heard'],
  when: {
    from: '2026-11-20T09:58:00.000Z',
    to: '2026-11-20T09:59:00.000Z',
    precision: 'minute',
    zone: 'Asia/Baku',
    clock: 'device',
  },
  where: {
    form: 'relative',
    unit: UNIT,
    bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
    range: { min: 3000, max: 3400 },
    resolved: { lat: 39_991_241, lon: 46_927_118, errorM: 320, method: 'relative.1', sector: null },
  },
  unit: UNIT,
  watch: null,
  origin: 'unit',
};
const telling = {
  zone: 'Asia/Baku',
  words: createTranslator({ locale: 'en', messages }),
  names: NO_NAMES,
};

describe('two versions of an observation', () => {
  it('differ in the time that was corrected, told exactly', () => {
    const after = {
      ...FIRST,
      when: {
        ...FIRST.when,
        from: '2026-11-20T10:58:00.000Z',
        to: '2026-11-20T10:59:00.000Z',
        zone: 'Europe/Moscow',
      },
    };
    expect(changesBetween(FIRST, after, telling)).toEqual([
      {
        field: 'when',
        before: expect.stringContaining('20 NOV 2026 13:58 D'),
        after: expect.stringContaining('20 NOV 2026 14:58 D'),
      },
    ]);
  });

  it('do not differ when the same place was resolved anew', () => {
    const where = {
      ...FIRST.where,
      resolved: { lat: 1, lon: 1, errorM: 1, method: 'relative.1' as const, sector: null },
    };
    expect(changesBetween(FIRST, { ...FIRST, where } as ObservationContent, telling)).toEqual([]);
  });

  it('show a field that came from nothing', () => {
    expect(changesBetween(FIRST, { ...FIRST, confidence: 'low' }, telling)).toEqual([
      { field: 'confidence', before: '', after: 'low' },
    ]);
  });
});
