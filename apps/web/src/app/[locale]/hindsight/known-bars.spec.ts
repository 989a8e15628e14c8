import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import { expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import { CATALOGUES } from '../../../locales.ts';
import { chartSentence } from './known-bars.ts';

const t = createTranslator({ locale: 'en', messages: CATALOGUES.en });

it('the chart says in one form from when to when it goes', () => {
  const none = { then: 0, now: 0, same: 0, late: 0, corrected: 0, gone: 0, retracted: 0, known: 9 };
  const buckets = [
    { ...none, from: '2026-10-24T00:50:00.000Z', to: '2026-10-24T20:00:00.000Z' },
    { ...none, from: '2026-11-22T20:00:00.000Z', to: '2026-11-23T00:50:00.000Z' },
  ];
  const answer: Pick<HindsightAnswer, 'buckets' | 'whole'> = {
    buckets,
    whole: { ...none, from: '2026-10-24T00:50:00.000Z', to: '2026-11-23T00:50:00.000Z' },
  };
  expect(chartSentence(answer, ['', ''], { bucket: 'day', zone: 'Asia/Baku' }, t)).toContain(
    'From 240450D OCT 26 to 230450D NOV 26 ',
  );
});
