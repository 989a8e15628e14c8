import { env } from 'node:process';
import { ConfigError } from '../config.ts';
import { finish, manifestLine, readArguments, typedPath } from './backup-command.ts';
import { restore } from './restore.ts';

/** `npm run restore -- FILE --data FOLDER`: a backup as the log of an empty folder. */
const USAGE = `npm run restore -- FILE --data FOLDER
  FILE is a backup with its manifest beside it; FOLDER is empty, or is made

Exit codes: 0 restored and verified; 1 refused, nothing was left behind; 2 wrong flags;
3 the disk is full or cannot be written; 4 the backup is damaged or was altered`;

finish(() => {
  const { file, data } = readArguments(USAGE);
  if (data === undefined) throw new ConfigError(`--data is missing.\n${USAGE}`);
  const folder = typedPath(data, env);
  return `${folder}: restored ${manifestLine(restore(typedPath(file, env), folder))}`;
});
