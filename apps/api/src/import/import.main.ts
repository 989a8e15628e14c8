import 'reflect-metadata';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { argv, env } from 'node:process';
import { readCommand, typedPath } from '../command-line.ts';
import { ConfigError, readConfig } from '../config.ts';
import type { ImportLine, ImportSummary } from '../contract/import.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { addressOfRunningNode } from '../node-address.ts';
import { importHere } from './import-here.ts';
import { importThrough } from './import-through.ts';

/**
 * `npm run import -- FILE`: through the node that runs on the data folder, or straight into its log
 * when none does. Results of refused rows and the progress go to the error output, so that the last
 * line of the output is always the count.
 */
const USAGE = `npm run import -- FILE [flags]
  --layout NAME      the layout, where the header does not tell it
  --mapping FILE     a mapping file for any other layout (docs/examples/mappings)
  --dry-run          judge every row, record none
  --into-exercise    import into the exercise's log; without it the log is the real centre's
  --data FOLDER      data folder (CEASEWATCH_DATA, data/real)
  --url ADDRESS      address of the running node, where it is another machine's
  --results          print one line of JSON for every row`;

const FLAGS = {
  layout: { type: 'string' },
  mapping: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'into-exercise': { type: 'boolean', default: false },
  data: { type: 'string' },
  url: { type: 'string' },
  results: { type: 'boolean', default: false },
} as const;

/** What a script can tell from the exit code. */
const EXIT = { imported: 0, failed: 1, someRefused: 2 } as const;

export interface ImportOptions {
  readonly layout?: string | undefined;
  readonly mapping?: string | undefined;
  readonly dryRun: boolean;
  readonly intoExercise: boolean;
}

async function main(args: readonly string[]): Promise<number> {
  const read = readCommand(args, { usage: USAGE, options: FLAGS, files: 1 });
  const flags = read.values;
  const file = typedPath(String(read.positionals[0]), env);
  const options: ImportOptions = {
    layout: flags.layout,
    mapping:
      flags.mapping === undefined
        ? undefined
        : await readFile(typedPath(flags.mapping, env), 'utf8'),
    dryRun: flags['dry-run'],
    intoExercise: flags['into-exercise'],
  };
  if (!existsSync(file)) throw new ConfigError(`${file} is not there.`);
  const { size } = await stat(file);
  const table = createReadStream(file);
  const progress = new Progress(table, size);
  let summary: ImportSummary | undefined;
  for await (const line of results(table, flags, options)) {
    if ('summary' in line) summary = line.summary;
    else if ('stopped' in line) throw new ConfigError(line.stopped.message);
    else {
      if (flags.results) process.stdout.write(`${JSON.stringify(line)}\n`);
      progress.row();
      if (line.result === 'refused') progress.say(refusal(line));
    }
  }
  progress.end();
  if (summary === undefined)
    throw new ConfigError(
      'The import did not reach the end of the file; run it again, it goes on where it stopped.',
    );
  process.stdout.write(`${summaryLine(summary)}\n`);
  return summary.refused > 0 ? EXIT.someRefused : EXIT.imported;
}

/** The log has one writer: where a node holds it, the node writes; where none does, we do. */
async function* results(
  table: Readable,
  flags: { readonly data?: string | undefined; readonly url?: string | undefined },
  options: ImportOptions,
): AsyncGenerator<ImportLine> {
  if (flags.url !== undefined) {
    yield* importThrough(flags.url, table, options);
    return;
  }
  const config = readConfig(
    [
      ...(options.intoExercise ? [] : ['--empty']),
      ...(flags.data === undefined ? [] : ['--data', flags.data]),
    ],
    env,
    process.cwd(),
  );
  try {
    yield* importHere(config, table, options);
  } catch (error) {
    if (!isEventLogError(error, 'data_folder_in_use')) throw error;
    const address = await addressOfRunningNode(config.data);
    yield* importThrough(address, table, options);
  }
}

type RowLine = Extract<ImportLine, { row: number }>;

function refusal({ row, line, column, message }: RowLine): string {
  return `row ${row} (line ${line}${column === undefined ? '' : `, ${column}`}): ${message}`;
}

function summaryLine({
  read,
  recorded,
  corrected,
  alreadyThere,
  refused,
  dryRun,
}: ImportSummary): string {
  const counts = `read ${read}, recorded ${recorded}, corrected ${corrected}, already there ${alreadyThere}, refused ${refused}`;
  return dryRun ? `${counts} (dry run: nothing was recorded)` : counts;
}

/** A bar on a terminal, nothing in a file; refused rows are printed above it, the first hundred. */
class Progress {
  #rows = 0;
  #said = 0;
  #bytes = 0;

  constructor(
    table: Readable,
    private readonly size: number,
  ) {
    table.on('data', (chunk: Buffer) => (this.#bytes += chunk.length));
    table.pause();
  }

  row(): void {
    this.#rows += 1;
    if (process.stderr.isTTY && this.#rows % 50 === 0) this.#draw();
  }

  say(text: string): void {
    this.#said += 1;
    if (this.#said === 101) process.stderr.write('… more rows were refused; see --results\n');
    if (this.#said > 100) return;
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    process.stderr.write(`${text}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  #draw(): void {
    const done = this.size === 0 ? 1 : this.#bytes / this.size;
    const bar = '#'.repeat(Math.round(done * 30)).padEnd(30, '.');
    process.stderr.write(`\r[${bar}] ${this.#rows} rows`);
  }
}

/** What fetch says where a connection breaks before, or amid, the answer; it has no code. */
const CUT_OFF = new Set(['fetch failed', 'terminated']);

/** What has a code was foreseen and says what to do; of a fault, where it came from is wanted too. */
function saying(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TypeError && CUT_OFF.has(error.message)) {
    return 'The node is not there, or ended amid the table. Send the same table again when it is: what was recorded is there, and it goes on from there.';
  }
  const foreseen = error instanceof ConfigError || 'code' in error;
  return foreseen ? error.message : (error.stack ?? error.message);
}

try {
  process.exitCode = await main(argv.slice(2));
} catch (error) {
  process.stderr.write(`${saying(error)}\n`);
  process.exitCode = EXIT.failed;
}
