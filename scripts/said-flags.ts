import process, { argv, stderr, stdout } from 'node:process';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/**
 * What was typed behind a command of this repository. `--help` prints the usage and ends it; a flag that
 * nobody knows does, too, with exit code 2.
 */
export function saidFlags<const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
) {
  const args = argv.slice(2);
  if (args.includes('--help')) {
    stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
