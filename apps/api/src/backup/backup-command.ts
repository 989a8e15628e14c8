import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { kindOfLogIn } from '../event-log/data-folder.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { failureOf } from '../event-log/sqlite-failure.ts';
import { BackupError } from './backup-error.ts';
import type { BackupManifest } from './backup-manifest.ts';

/** What both commands share: their flags, their last line, their exit codes. */
const EXIT = { done: 0, refused: 1, usage: 2, again: 3, damaged: 4 } as const;

/** The environment of the command, as its main file sees it. */
type Environment = Readonly<Record<string, string | undefined>>;

const FLAGS = { data: { type: 'string' }, help: { type: 'boolean' } } as const;

/** @throws ConfigError */
export function readArguments(usage: string): { readonly file: string; readonly data?: string } {
  const { values, positionals } = parsed(usage);
  const [file, ...more] = positionals;
  if (values.help === true) throw new ConfigError(usage);
  if (file === undefined || more.length > 0) throw new ConfigError(`Say one FILE.\n${usage}`);
  return values.data === undefined ? { file } : { file, data: values.data };
}

function parsed(usage: string) {
  try {
    return parseArgs({ options: FLAGS, strict: true, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** npm moves to the project's root before it runs us; a path is meant from where it was typed. */
export function typedPath(path: string, env: Environment): string {
  return resolve(env['INIT_CWD'] ?? process.cwd(), path);
}

const USUAL = ['data/exercise', 'data/real'];

/** The folder that was named, or the only one that is there. @throws ConfigError */
export function folderOf(named: string | undefined, env: Environment, usage: string): string {
  if (named !== undefined) return typedPath(named, env);
  const set = env['CEASEWATCH_DATA'];
  if (set !== undefined && set !== '') return resolve(set);
  const there = USUAL.map((each) => resolve(each)).filter((each) => kindOfLogIn(each));
  const [folder] = there;
  if (folder !== undefined && there.length === 1) return folder;
  throw new ConfigError(`Say whose log it is: --data FOLDER.\n${usage}`);
}

export function manifestLine({ seq, exercise, log, chain, bytes }: BackupManifest): string {
  const sort = exercise ? 'the exercise' : 'the log';
  return `${seq + 1} events of ${sort} ${log}; ${bytes} bytes; head ${seq}:${chain}`;
}

/** Prints what was done, or why not, and sets the exit code. */
export function finish(act: () => string): void {
  try {
    process.stdout.write(`${act()}\n`);
    process.exitCode = EXIT.done;
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = code;
  }
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof BackupError) {
    return error.code === 'damaged' || error.code === 'altered' ? EXIT.damaged : EXIT.refused;
  }
  if (error instanceof EventLogError) return EXIT.refused;
  const isOfDisk = failureOf(error) !== undefined || isSystemError(error);
  return isOfDisk ? EXIT.again : undefined;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
