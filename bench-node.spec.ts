import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** Rows that start nodes, in their shortest form: that they run, not how fast. The others start many more. */
it.each([
  ['lists', 4],
  ['resume-after-kill', 4],
])(
  'the row %s measures every contender',
  (row, units) => {
    const script = `
      import { measure } from './bench/harness.ts';
      import { row } from './bench/rows/${row}.ts';
      const contenders = row.contenders.slice(0, 1);
      const measured = await measure({ ...row, contenders, units: ${units}, rounds: 1 });
      console.log(JSON.stringify(measured.contenders.map(({ rate }) => rate.median)));
      process.exit(0);`;
    const said = execFileSync(
      process.execPath,
      ['--conditions=ceasewatch-source', '--eval', script],
      { cwd: import.meta.dirname, env: { ...process.env, BENCH_OBSERVATIONS: '40' } },
    );
    const rates: unknown = JSON.parse(String(said));
    expect(rates).toEqual([expect.any(Number)]);
  },
  120_000,
);
