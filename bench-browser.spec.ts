import process from 'node:process';
import { expect, it } from '@jest/globals';
import { shortForm } from './bench/short-form.ts';

/**
 * Of the rows that open a page one, in its shortest form: the browser tests do what the others measure.
 * It runs with them, and rests where there is no browser, of which the run has said why.
 */
const isHere = process.env['CEASEWATCH_BROWSER_AT'] !== undefined;

/** An exercise of three days is told in a tenth of the time, and has everything in it. */
const brief = { CEASEWATCH_START: new Date(Date.now() - 3 * 86_400_000).toISOString() };

(isHere ? it : it.skip)('the row dashboard-at-50 measures its first contender', () => {
  expect(shortForm('dashboard-at-50', 10, brief, 1)).toEqual([expect.any(Number)]);
});
