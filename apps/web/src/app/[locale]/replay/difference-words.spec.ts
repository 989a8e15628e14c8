import { expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import { CATALOGUES } from '../../../locales.ts';

const t = createTranslator({
  locale: 'en',
  messages: CATALOGUES.en,
  namespace: 'replay.difference',
});

it('the later of two moments is not called now, which it need not be', () => {
  const at = { seq: '2,001', time: '10 FEB' };
  expect([t('from', at), t('to', at)]).toEqual([
    'Earlier: event 2,001, 10 FEB',
    'Later: event 2,001, 10 FEB',
  ]);
  const told = [t('then'), t('now'), t('fromStart'), t('keptHelp')].join(' ');
  expect(told).not.toMatch(/\b(then|now)\b/i);
});
