import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process, { argv, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { fdatasyncRate } from './disk.ts';
import { measure, type Measured, type Row, type Spread } from './harness.ts';
import { type Verdict, verdictsOf } from './verdicts.ts';

/**
 * `npm run bench -- [ROW…] [--rounds N] [--strict]`: measures the named rows, by default all, and prints
 * what each contender did, the limit of this disk in the same minute, and the ratio beside its aim. A row
 * is a file of `bench/rows` that exports `row`. With `--strict` an aim that was missed fails the run.
 */
const { positionals, values } = parseArgs({
  args: argv.slice(2),
  options: { rounds: { type: 'string' }, strict: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const rows = await loadRows(positionals);
for (const row of rows) {
  const disk = await fdatasyncRate();
  stdout.write(`\n${row.name}: ${row.title}\n`);
  const rounds = values.rounds === undefined ? row.rounds : Number(values.rounds);
  const measured = await measure(row, rounds);
  const verdicts = verdictsOf(row, measured);
  print(row, measured, verdicts);
  if (values.strict && verdicts.some(({ reached }) => !reached)) process.exitCode = 1;
  stdout.write(`  ${'this disk, write 4 KiB and fdatasync'.padEnd(38)}${figure(disk)}/s\n`);
}

async function loadRows(names: readonly string[]): Promise<readonly Row[]> {
  const folder = join(import.meta.dirname, 'rows');
  const known = (await readdir(folder)).map((file) => file.replace(/\.ts$/, '')).sort();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`no row ${unknown}; there are: ${known.join(', ')}`);
  const wanted = names.length === 0 ? known : names;
  return Promise.all(
    wanted.map(async (name) => {
      const { row }: { readonly row: Row } = await import(join(folder, `${name}.ts`));
      return row;
    }),
  );
}

function print(row: Row, { contenders }: Measured, verdicts: readonly Verdict[]): void {
  for (const { name, rate, cpuMicros, latency, memoryMb } of contenders) {
    const cpu = `${cpuMicros.median.toFixed(0)} us CPU per ${row.unit}`;
    stdout.write(`  ${name.padEnd(38)}${figure(rate.median)}/s ${range(rate)}  ${cpu}\n`);
    if (latency !== undefined) {
      const { p50Ms, p99Ms } = latency;
      stdout.write(`${' '.repeat(40)}p50 ${millis(p50Ms)}, p99 ${millis(p99Ms)}\n`);
    }
    if (memoryMb !== undefined) {
      const { before, most } = memoryMb;
      stdout.write(`${' '.repeat(40)}${figure(before.median).trim()} MB before, `);
      stdout.write(`${figure(most.median).trim()} MB at most ${range(most).trim()}\n`);
    }
  }
  for (const { said } of verdicts) stdout.write(`  ${said}\n`);
}

function millis({ median, lowest, highest }: Spread): string {
  return `${median.toFixed(1)} ms (${lowest.toFixed(1)} to ${highest.toFixed(1)})`;
}

function figure(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(9);
}

function range({ lowest, highest }: Spread): string {
  return `(${figure(lowest).trim()} to ${figure(highest).trim()})`.padEnd(22);
}
