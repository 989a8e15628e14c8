import { expect, it } from '@jest/globals';
import { observationAddress, screenAddress } from './list-address.ts';
import { LIVE } from './moment.ts';

it('an observation opened from the past is opened as it was known then', () => {
  expect(observationAddress('en', '42', { asOf: 1_000, until: null })).toBe(
    '/en/observation?id=42&asof=1000',
  );
  expect(observationAddress('en', '42', LIVE)).toBe('/en/observation?id=42');
  expect(observationAddress('en', '42', { asOf: 7, until: '2026-11-22' })).toBe(
    '/en/observation?id=42&asof=7&until=2026-11-22',
  );
});

it('going to another screen does not leave the past, but a report is written now', () => {
  const [log, report] = [
    { name: 'log', path: '/log' },
    { name: 'report', path: '/report' },
  ];
  const [asOf, until] = [7, '2026-11-22T10:00:00.000Z'];
  expect(screenAddress('en', log, { asOf, until: null })).toBe('/en/log?asof=7');
  expect(screenAddress('en', log, { asOf, until })).toBe(
    '/en/log?asof=7&until=2026-11-22T10%3A00%3A00.000Z',
  );
  expect(screenAddress('en', log, { asOf: null, until })).toContain('?until=2026');
  expect(screenAddress('en', log, { asOf: null, until: null })).toBe('/en/log');
  expect(screenAddress('en', report, { asOf, until })).toBe('/en/report');
});
