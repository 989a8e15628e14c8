import { argv, env } from 'node:process';
import { carryOut, readCommand, typedPath } from '../command-line.ts';
import { ConfigError } from '../config.ts';
import { codeOf, FLAGS, manifestLine } from './backup-command.ts';
import { restore } from './restore.ts';

/** `npm run restore -- FILE --data FOLDER`: a backup as the log of an empty folder. */
const USAGE = `npm run restore -- FILE --data FOLDER
  FILE is a backup with its manifest beside it; FOLDER is empty, or is made

Exit codes: 0 restored and verified; 1 refused, nothing was left behind; 2 wrong flags;
3 the disk is full or cannot be written; 4 the backup is damaged or was altered`;

await carryOut(() => {
  const read = readCommand(argv.slice(2), { usage: USAGE, options: FLAGS, files: 1 });
  const { data } = read.values;
  if (data === undefined) throw new ConfigError(`--data is missing.\n${USAGE}`);
  const folder = typedPath(data, env);
  const file = typedPath(String(read.positionals[0]), env);
  return `${folder}: restored ${manifestLine(restore(file, folder))}`;
}, codeOf);
