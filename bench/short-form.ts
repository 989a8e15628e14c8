import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Measures a row in its shortest form in a process of its own: that it runs, not how fast.
 *
 * @param env beside this process's own; undefined takes a variable away
 * @param most contenders that are measured, the first of them
 * @returns the rate of every one, units a second
 */
export function shortForm(
  row: string,
  units: number,
  env: Readonly<Record<string, string | undefined>>,
  most = Number.MAX_SAFE_INTEGER,
): readonly number[] {
  const script = `
    import { measure } from './bench/harness.ts';
    import { row } from './bench/rows/${row}.ts';
    const contenders = row.contenders.slice(0, ${most});
    const measured = await measure({ ...row, contenders, units: ${units}, rounds: 1 });
    console.log(JSON.stringify(measured.contenders.map(({ rate }) => rate.median)));
    process.exit(0);`;
  const rates = saidBy(script, env);
  if (!Array.isArray(rates)) throw new Error(`no figures: ${String(rates)}`);
  return rates.map(Number);
}

/** What a script at the root of the project prints as JSON, in a process of its own. */
export function saidBy(script: string, env: Readonly<Record<string, string | undefined>>): unknown {
  const said = execFileSync(
    process.execPath,
    ['--conditions=ceasewatch-source', '--eval', script],
    { cwd: join(import.meta.dirname, '..'), env: { ...process.env, ...env } },
  );
  return JSON.parse(String(said));
}
