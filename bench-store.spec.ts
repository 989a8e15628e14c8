import { describe, expect, it } from '@jest/globals';
import { shortForm } from './bench/short-form.ts';

/** The rows on a store, each in its shortest form, on the stand-in: that they run, not how fast. */
const ROWS: readonly (readonly [row: string, units: number])[] = [
  ['store-append-sequential', 10],
  ['store-append-64-writers', 64],
  ['store-append-to-subscriber', 10],
  ['store-catch-up', 400],
  ['store-three-nodes', 20],
];

describe('a row of the bench on a store', () => {
  it.each(ROWS)(
    '%s measures every contender',
    (row, units) => {
      const rates = shortForm(row, units, { EVENTSTORE_TEST_URL: undefined });
      expect(rates.length).toBeGreaterThan(0);
      for (const rate of rates) expect(rate).toBeGreaterThan(0);
    },
    120_000,
  );
});
