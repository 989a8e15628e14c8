import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { logFileIn } from '../event-log/data-folder.ts';
import { compareReadModel } from './compare-read-model.ts';

/**
 * The second half of `npm run verify-log`: whether a node's rows are those that its log makes. The auditor
 * does not know them, for they prove nothing; whoever looks at a screen wants to know all the same. Exit
 * code 0: equal, or there are none; 1: they differ; 2: they cannot be read.
 */
const USUAL = ['data/exercise', 'data/real'];

function main(): number {
  const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false });
  const { data = process.env['CEASEWATCH_DATA'] } = values;
  const folders = typeof data === 'string' && data !== '' ? [data] : USUAL;
  const there = folders.map((each) => resolve(each)).filter((each) => isWithLog(each));
  return Math.max(0, ...there.map(compared));
}

function isWithLog(folder: string): boolean {
  return existsSync(folder) && logFileIn(folder) !== undefined;
}

function compared(folder: string): number {
  const found = compareReadModel(folder, () => undefined);
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
    `${folder}: read model differs from a rebuild in ${differences} of ${rows} rows\n${lines.join('\n')}\n`,
  );
  return 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`the read model cannot be compared: ${String(error)}\n`);
  process.exitCode = 2;
}
