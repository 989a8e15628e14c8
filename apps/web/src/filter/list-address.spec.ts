import { expect, it } from '@jest/globals';
import { observationAddress, screenAddress } from './list-address.ts';

it('an observation opened from the past is opened as it was known then', () => {
  expect(observationAddress('en', '42', 1_000)).toBe('/en/observation?id=42&asof=1000');
  expect(observationAddress('en', '42', null)).toBe('/en/observation?id=42');
});

it('going to another screen does not leave the past, but a report is written now', () => {
  const [log, report] = [
    { name: 'log', path: '/log' },
    { name: 'report', path: '/report' },
  ];
  expect(screenAddress('en', log, 7)).toBe('/en/log?asof=7');
  expect(screenAddress('en', log, null)).toBe('/en/log');
  expect(screenAddress('en', report, 7)).toBe('/en/report');
});
