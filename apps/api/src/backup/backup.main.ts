import { argv, env } from 'node:process';
import { carryOut, readCommand, typedPath } from '../command-line.ts';
import { backUp } from './back-up.ts';
import { codeOf, FLAGS, folderOf, manifestLine } from './backup-command.ts';

/** `npm run backup -- FILE [--data FOLDER]`: the log of a folder, while its node works, as one file. */
const USAGE = `npm run backup -- FILE [--data FOLDER]
  writes the log and its vault, as they are now, to FILE, and FILE.manifest.json beside it

Exit codes: 0 written and verified; 1 refused, nothing was written; 2 wrong flags;
3 the disk is full or cannot be written; 4 the log is damaged`;

await carryOut(() => {
  const read = readCommand(argv.slice(2), { usage: USAGE, options: FLAGS, files: 1 });
  const target = typedPath(String(read.positionals[0]), env);
  const folder = folderOf(read.values.data, env, USAGE);
  const manifest = backUp(folder, target, new Date().toISOString());
  return `${target}: backup of ${manifestLine(manifest)}`;
}, codeOf);
