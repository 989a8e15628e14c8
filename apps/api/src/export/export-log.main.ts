import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { argv, env } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { carryOut, readCommand, refuseToReplace, typedPath } from '../command-line.ts';
import { ConfigError } from '../config.ts';
import { logFileIn, OWNER_ONLY } from '../event-log/data-folder.ts';
import { openLogReader } from '../event-log/sqlite-log-reader.ts';
import { exportLog } from './log-export.ts';

/**
 * `npm run export-log -- --data FOLDER --to FILE`: the whole log of a data folder as one file, also
 * while its node runs. The file has its name once it is whole, and replaces no other.
 */
const USAGE = `npm run export-log -- --data FOLDER --to FILE
  FOLDER is a node's data folder; the node may run
  FILE, which must not be there, becomes what docs/export-format.md describes

Exit codes: 0 written; 1 refused; 2 wrong flags; 3 the disk is full or cannot be written;
4 the log is damaged. FILE is there after 0 alone`;
const FLAGS = { data: { type: 'string' }, to: { type: 'string' } } as const;

async function write(args: readonly string[]): Promise<string> {
  const { values } = readCommand(args, { usage: USAGE, options: FLAGS, files: 0 });
  const { data, to } = values;
  if (data === undefined || to === undefined) throw new ConfigError(USAGE);
  const [folder, file] = [typedPath(data, env), typedPath(to, env)];
  if (logFileIn(folder) === undefined) throw new ConfigError(`There is no log in ${folder}.`);
  refuseToReplace(file);
  const reader = openLogReader(folder);
  const part = `${file}.${process.pid}.part`;
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
    await pipeline(
      Readable.from(pieces),
      createWriteStream(part, { flags: 'wx', flush: true, mode: OWNER_ONLY.file }),
    );
    refuseToReplace(file);
    await rename(part, file);
    return `${file}: ${seq + 1} events`;
  } finally {
    reader.close();
    await rm(part, { force: true });
  }
}

await carryOut(() => write(argv.slice(2)));
