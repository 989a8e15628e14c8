import { env } from 'node:process';
import { backUp } from './back-up.ts';
import { finish, folderOf, manifestLine, readArguments, typedPath } from './backup-command.ts';

/** `npm run backup -- FILE [--data FOLDER]`: the log of a folder, while its node works, as one file. */
const USAGE = `npm run backup -- FILE [--data FOLDER]
  writes the log and its vault, as they are now, to FILE, and FILE.manifest.json beside it

Exit codes: 0 written and verified; 1 refused, nothing was written; 2 wrong flags;
3 the disk is full or cannot be written; 4 the log is damaged`;

finish(() => {
  const { file, data } = readArguments(USAGE);
  const target = typedPath(file, env);
  const manifest = backUp(folderOf(data, env, USAGE), target, new Date().toISOString());
  return `${target}: backup of ${manifestLine(manifest)}`;
});
