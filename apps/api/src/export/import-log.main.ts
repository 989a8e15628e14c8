import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { ConfigError } from '../config.ts';
import { readSide } from '../copy-log/said-side.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { type ImportedLog, importLog, type ImportStep } from './import-log.ts';

/** `npm run import-log -- FILE --to LOG`: a log from its export, with the same events, numbers and chain. */
const USAGE = `npm run import-log -- FILE --to LOG
  FILE is a whole-log export (npm run export-log, GET /api/log.ndjson) that begins with event 0
  LOG is an empty data folder, an address (esdb://USER:PASSWORD@HOST:PORT?tlsCAFile=FILE), or the word
  "store": then the address stands in EVENTSTORE_URL
  --to-prefix P    what the streams of a store begin with (EVENTSTORE_PREFIX, cw)

Exit codes: 0 the log is there, with the chain that the export tells; 1 refused, nothing was written: no
export, or LOG is not empty; 2 wrong flags; 3 stopped on the way: the store is away, the disk is full;
empty LOG before you try again; 4 the export was altered or is not whole, nothing was written`;

const EXIT = { made: 0, refused: 1, usage: 2, again: 3, damaged: 4 } as const;
const FLAGS = {
  to: { type: 'string' },
  'to-prefix': { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = read(args);
  const [named, ...more] = positionals;
  if (values.help === true || named === undefined || more.length > 0) throw new ConfigError(USAGE);
  const file = resolve(process.env['INIT_CWD'] ?? process.cwd(), named);
  if (!existsSync(file)) throw new ConfigError(`${file} is not there.`);
  const said = { flag: '--to', said: values.to, prefix: values['to-prefix'] };
  const imported = await importLog(file, readSide(said, process.env), show);
  clear();
  stdout.write(`${sentence(imported)}\n`);
  return EXIT.made;
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function sentence({ head, events, disclosures }: ImportedLog): string {
  const { shown, withheld, erased } = disclosures;
  return [
    `${events} events of ${head.exercise ? 'the exercise' : 'the log'} ${head.logId}`,
    `disclosures ${shown} shown, ${withheld} withheld, ${erased} erased`,
    `chain ${toBase64(head.chain)}`,
  ].join('; ');
}

function show({ doing, done }: ImportStep): void {
  if (stderr.isTTY) stderr.write(`\r\x1b[K${doing}, event ${done}`);
}

function clear(): void {
  if (stderr.isTTY) stderr.write('\r\x1b[K');
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError) return EXIT.usage;
  if (isEventLogError(error, 'log_corrupt')) return EXIT.damaged;
  if (isEventLogError(error, 'store_unavailable', 'outcome_unknown', 'storage_full')) {
    return EXIT.again;
  }
  return isEventLogError(error) ? EXIT.refused : undefined;
}

// The scratch folder of a store is removed when the process exits, which a signal alone would not do.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  clear();
  const code = exitCodeOf(error);
  if (code === undefined || !(error instanceof Error)) throw error;
  stderr.write(`${error.message}\n`);
  process.exitCode = code;
}
