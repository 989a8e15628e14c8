import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

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
      const script = `
      import { measure } from './bench/harness.ts';
      import { row } from './bench/rows/${row}.ts';
      const { contenders } = await measure({ ...row, units: ${units}, rounds: 1 });
      console.log(JSON.stringify(contenders.map(({ rate }) => rate.median)));
      process.exit(0);`;
      const flags = ['--conditions=ceasewatch-source', '--eval', script];
      const said = execFileSync(process.execPath, flags, {
        cwd: import.meta.dirname,
        env: { ...process.env, EVENTSTORE_TEST_URL: undefined },
      });
      const rates: unknown = JSON.parse(String(said));
      if (!Array.isArray(rates)) throw new Error(`no figures: ${String(said)}`);
      expect(rates.length).toBeGreaterThan(0);
      for (const rate of rates) expect(rate).toBeGreaterThan(0);
    },
    120_000,
  );
});
