import { tmpdir } from 'node:os';
import { argv, env } from 'node:process';
import { parseArgs } from 'node:util';
import { endQuietlyUnread } from '@ceasewatch/auditor/quiet-end';
import { dataFolders } from '../command-line.ts';
import { kindOfLogIn } from '../event-log/data-folder.ts';
import { compareReadModel } from './compare-read-model.ts';
import { compareReads } from './compare-reads.ts';

/**
 * The second half of `npm run verify-log`: whether a node's rows are those that its log makes, and whether the
 * record of who looked is whole. The auditor does not know them, for they prove nothing; whoever looks at a
 * screen wants to know all the same. Exit code 0: equal, or there are none; 1: they differ, or their file is made otherwise; 2: they cannot be read.
 */
function main(): number {
  const options = { data: { type: 'string' } } as const;
  const { data } = parseArgs({ args: argv.slice(2), options, strict: false }).values;
  const folders = dataFolders(typeof data === 'string' ? data : undefined, env);
  const there = folders.filter((each) => kindOfLogIn(each) !== undefined);
  return Math.max(0, ...there.flatMap((each) => [compared(each), reads(each)]));
}

function reads(folder: string): number {
  const found = compareReads(folder);
  if (found === undefined) return 0;
  const { rows, faults } = found;
  const lines = faults.map((each) => `  reads_altered: ${each}`);
  const told = faults.length === 0 ? 'is whole' : 'is not whole';
  process.stdout.write(
    `${folder}: the record of who looked ${told}, ${rows} rows\n${lines.map((each) => `${each}\n`).join('')}`,
  );
  return faults.length === 0 ? 0 : 1;
}

function compared(folder: string): number {
  const found = compareReadModel(folder, tmpdir(), () => undefined);
  if (found === undefined) {
    process.stdout.write(`${folder}: no read model of this program is here\n`);
    return 0;
  }
  const { position, rows, differences, first } = found;
  if (differences === 0) {
    process.stdout.write(
      `${folder}: read model equal to a rebuild, ${rows} rows up to event ${position}\n`,
    );
    return 0;
  }
  const lines = first.map(({ table, row, how }) => `  read_model_differs: ${table} ${row}: ${how}`);
  process.stdout.write(
    `${folder}: read model differs from a rebuild in ${differences} places, ${rows} rows compared up to event ${position}\n${lines.join('\n')}\n`,
  );
  return 1;
}

endQuietlyUnread();
try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`the read model cannot be compared: ${String(error)}\n`);
  process.exitCode = 2;
}
