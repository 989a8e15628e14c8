import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { stderr, stdout } from 'node:process';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { ConfigError, USUAL_FOLDER } from './config.ts';
import { isSystemError } from './error-code.ts';
import { kindOfLogIn } from './event-log/data-folder.ts';
import { isEventLogError } from './event-log/event-log-error.ts';
import { failureOf } from './event-log/sqlite-failure.ts';

/** How the commands of this house read what was typed, say what was done, and end. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a script can tell from the exit code; each command's usage says it in its own words. */
export const EXIT = { done: 0, refused: 1, usage: 2, again: 3, damaged: 4 } as const;

/** What cannot be done as things are, in a sentence that says what to do; nothing was changed. */
export class Refused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refused';
  }
}

/** A file that is there may be the only one of its kind. @throws Refused */
export function refuseToReplace(path: string): void {
  if (existsSync(path)) throw new Refused(`${path} is there already: nothing is written over`);
}

/**
 * Flags and file names of a command.
 *
 * @param files how many names must stand beside the flags
 * @throws ConfigError with the usage
 */
export function readCommand<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { usage, options, files }: Command<Options>,
) {
  if (args.includes('--help')) throw new ConfigError(usage);
  const read = parsed([...args], options, usage);
  if (read.positionals.length === files) return read;
  const wanted = files === 0 ? 'No file is named beside the flags' : 'Say one FILE';
  throw new ConfigError(`${wanted}.\n${usage}`);
}

interface Command<Options extends ParseArgsOptionsConfig> {
  readonly usage: string;
  readonly options: Options;
  readonly files: 0 | 1;
}

function parsed<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** npm moves to the project's root before it runs us; a path is meant from where it was typed. */
export function typedPath(path: string, env: Environment): string {
  return resolve(env['INIT_CWD'] ?? process.cwd(), path);
}

/** The data folder that was named, else the one that is set, else the usual ones that have a log. */
export function dataFolders(named: string | undefined, env: Environment): readonly string[] {
  if (named !== undefined) return [typedPath(named, env)];
  const set = env['CEASEWATCH_DATA'];
  if (set !== undefined && set !== '') return [resolve(set)];
  return Object.values(USUAL_FOLDER)
    .map((each) => resolve(each))
    .filter((each) => kindOfLogIn(each) !== undefined);
}

/** A scratch folder is removed when the process exits, which a signal alone would not make it do. */
export function exitOnSignal(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}

/**
 * Carries a command out: prints the sentence that says what was done, or why not, and sets the exit
 * code. What was not foreseen is thrown on.
 */
export async function carryOut(
  act: () => string | Promise<string>,
  codeOf: (error: unknown) => number | undefined = exitCodeOf,
): Promise<void> {
  try {
    stdout.write(`${await act()}\n`);
    process.exitCode = EXIT.done;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    stderr.write(`${error.message}\n`);
    process.exitCode = code;
  }
}

/** Of what may become of a log; undefined for a fault. */
export function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof Refused) return EXIT.refused;
  if (isEventLogError(error, 'log_corrupt')) return EXIT.damaged;
  if (isEventLogError(error, 'store_unavailable', 'outcome_unknown', 'storage_full')) {
    return EXIT.again;
  }
  if (isEventLogError(error)) return EXIT.refused;
  return failureOf(error) !== undefined || isSystemError(error) ? EXIT.again : undefined;
}
