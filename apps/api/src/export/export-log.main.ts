import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stderr, stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { logFileIn } from '../event-log/data-folder.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { openLogReader } from '../event-log/sqlite-log-reader.ts';
import { exportLog } from './log-export.ts';

/**
 * `npm run export-log -- --data FOLDER --to FILE`: the whole log of a data folder as one file, also
 * while its node runs. The file has its name once it is whole.
 */
const USAGE = `npm run export-log -- --data FOLDER --to FILE
  FOLDER is a node's data folder; the node may run
  FILE becomes what docs/export-format.md describes

Exit codes: 0 written; 1 damage, nothing was written; 2 wrong flags`;
const FLAGS = {
  data: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function main(args: readonly string[]): Promise<void> {
  const { data, to, help } = read(args);
  if (help === true || data === undefined || to === undefined) throw new ConfigError(USAGE);
  const [folder, file] = [typed(data), typed(to)];
  if (logFileIn(folder) === undefined) throw new ConfigError(`There is no log in ${folder}.`);
  const reader = openLogReader(folder);
  const part = `${file}.part`;
  try {
    const { seq, time } = reader.head();
    const pieces = exportLog(reader, {
      from: 0,
      to: seq,
      asOf: { seq, time },
      disclosures: 'shown',
      exportedAt: new Date().toISOString(),
      exportedBy: null,
    });
    await pipeline(Readable.from(pieces), createWriteStream(part, { flush: true }));
    await rename(part, file);
    stdout.write(`${file}: ${seq + 1} events\n`);
  } finally {
    reader.close();
    await rm(part, { force: true });
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true }).values;
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function typed(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError) && !isEventLogError(error)) throw error;
  stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
