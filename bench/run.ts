import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { countingFlag } from '../scripts/counting-flag.ts';
import { saidFlags } from '../scripts/said-flags.ts';
import { compare } from './compare.ts';
import { fdatasyncRate } from './disk.ts';
import { writeFigures } from './figures.ts';
import { measure, type Row } from './harness.ts';
import { printComparison, printRow } from './printing.ts';
import { processorRate } from './processor.ts';
import { type MeasuredRow, readRecord, recordedRow, recordOf, writeRecord } from './record.ts';

/**
 * Measures the named rows, by default all. A row is a file of `bench/rows` that exports `row`.
 */
const USAGE = `npm run bench -- [ROW…] [flags]
  measures the named rows, by default all, and prints what each contender did, the limits of this
  machine in the same minute, and the ratio beside its aim
  --rounds N      so many rounds of each, instead of the row's own
  --peers         other systems too, installed into a folder of their own; those that need a server where
                  POSTGRES_TEST_URL or EVENTSTORE_TEST_URL names one
  --strict        an aim that was missed, or a peer that was not measured, fails the run
  --json FILE     writes the record
  --compare FILE  against an earlier record: a ratio that fell by more than its row's noise fails the run
  --write         writes what was measured into docs/figures.md
`;
const { positionals, values } = saidFlags(USAGE, {
  rounds: { type: 'string' },
  peers: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  json: { type: 'string' },
  compare: { type: 'string' },
  write: { type: 'boolean', default: false },
});

const rounds = countingFlag('rounds', values.rounds);
const earlier = values.compare === undefined ? undefined : readRecord(values.compare);
const begun = new Date();
const measured: MeasuredRow[] = [];
for (const row of await loadRows(positionals)) {
  const limits = { fdatasyncs: await fdatasyncRate(), turns: processorRate() };
  const found = await measure(row, { rounds, peers: values.peers });
  const recorded = recordedRow(row, found, limits);
  printRow(recorded);
  measured.push(recorded);
  if (values.strict && recorded.verdicts.some(({ reached }) => !reached)) process.exitCode = 1;
}
const record = recordOf(begun, measured);
if (values.json !== undefined) writeRecord(values.json, record);
if (values.write) await writeFigures(record);
if (earlier !== undefined) {
  const comparisons = compare(earlier, record);
  printComparison(comparisons);
  if (comparisons.some(({ slower }) => slower)) process.exitCode = 1;
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
