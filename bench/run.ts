import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { fdatasyncRate } from './disk.ts';
import {
  type Aims,
  measure,
  type Measured,
  type MeasuredContender,
  type Row,
  type Spread,
} from './harness.ts';

/**
 * `npm run bench -- [ROW…] [--rounds N]`: measures the named rows, by default all, and prints what each
 * contender did, the limit of this disk in the same minute, and the ratio beside its aim. A row is a
 * file of `bench/rows` that exports `row`.
 */
const { positionals, values } = parseArgs({
  args: argv.slice(2),
  options: { rounds: { type: 'string' } },
  allowPositionals: true,
});

const rows = await loadRows(positionals);
for (const row of rows) {
  const disk = await fdatasyncRate();
  stdout.write(`\n${row.name}: ${row.title}\n`);
  const rounds = values.rounds === undefined ? row.rounds : Number(values.rounds);
  print(row, await measure(row, rounds));
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

function print(row: Row, { contenders, ratio, aim }: Measured): void {
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
  for (const line of verdicts(row.aims ?? {}, contenders[0])) stdout.write(`  ${line}\n`);
  if (ratio === undefined) return;
  const outcome = aim !== undefined && ratio.median >= aim ? 'reached' : 'missed';
  const spread = `${ratio.lowest.toFixed(2)} to ${ratio.highest.toFixed(2)}`;
  stdout.write(`  ratio ${ratio.median.toFixed(2)} (${spread}), aim ${aim}: ${outcome}\n`);
}

function verdicts(aims: Aims, measured: MeasuredContender | undefined): readonly string[] {
  if (measured === undefined) return [];
  const perCore = 1e6 / measured.cpuMicros.median;
  const { p50Ms, p99Ms } = measured.latency ?? {};
  return [
    ...verdict(
      `${figure(perCore).trim()}/s per core`,
      aims.perCore,
      perCore >= (aims.perCore ?? 0),
    ),
    ...within('p50', p50Ms, aims.p50Ms),
    ...within('p99', p99Ms, aims.p99Ms),
  ];
}

function within(name: string, measured: Spread | undefined, aim: number | undefined) {
  const median = measured?.median ?? Number.NaN;
  return verdict(`${name} ${median.toFixed(1)} ms`, aim, median <= (aim ?? 0));
}

function verdict(said: string, aim: number | undefined, reached: boolean): readonly string[] {
  return aim === undefined ? [] : [`${said}, aim ${aim}: ${reached ? 'reached' : 'missed'}`];
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
