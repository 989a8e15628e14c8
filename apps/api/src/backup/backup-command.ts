import { type Environment, EXIT, dataFolders, exitCodeOf } from '../command-line.ts';
import { ConfigError } from '../config.ts';
import { BackupError } from './backup-error.ts';
import type { BackupManifest } from './backup-manifest.ts';

/** What both commands share: whose log it is, their last line, their exit codes. */
export const FLAGS = { data: { type: 'string' } } as const;

/** The folder that was named, or the only one that is there. @throws ConfigError */
export function folderOf(named: string | undefined, env: Environment, usage: string): string {
  const [folder, ...more] = dataFolders(named, env);
  if (folder !== undefined && more.length === 0) return folder;
  throw new ConfigError(`Say whose log it is: --data FOLDER.\n${usage}`);
}

export function manifestLine({ seq, exercise, log, chain, bytes }: BackupManifest): string {
  const sort = exercise ? 'the exercise' : 'the log';
  return `${seq + 1} events of ${sort} ${log}; ${bytes} bytes; head ${seq}:${chain}`;
}

export function codeOf(error: unknown): number | undefined {
  if (!(error instanceof BackupError)) return exitCodeOf(error);
  return error.code === 'damaged' || error.code === 'altered' ? EXIT.damaged : EXIT.refused;
}
