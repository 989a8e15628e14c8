import { expect, it } from '@jest/globals';
import { shortForm } from './bench/short-form.ts';

/** Rows that start nodes, in their shortest form: that they run, not how fast. The others start many more. */
it.each([
  ['lists', 4],
  ['resume-after-kill', 4],
  ['rebuild-large', 1],
  ['accepted-to-frame', 4],
  ['import', 40],
])(
  'the row %s measures its first contender',
  (row, units) => {
    const rates = shortForm(row, units, { BENCH_OBSERVATIONS: '40' }, 1);
    expect(rates).toEqual([expect.any(Number)]);
  },
  120_000,
);
