import { existsSync } from 'node:fs';
import { argv, env, stderr } from 'node:process';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { carryOut, exitOnSignal, readCommand, typedPath } from '../command-line.ts';
import { ConfigError } from '../config.ts';
import { readSide } from '../copy-log/said-side.ts';
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

const FLAGS = {
  to: { type: 'string' },
  'to-prefix': { type: 'string' },
} as const;

async function fill(args: readonly string[]): Promise<string> {
  const { values, positionals } = readCommand(args, { usage: USAGE, options: FLAGS, files: 1 });
  const file = typedPath(String(positionals[0]), env);
  if (!existsSync(file)) throw new ConfigError(`${file} is not there.`);
  const said = { flag: '--to', said: values.to, prefix: values['to-prefix'] };
  try {
    return sentence(await importLog(file, readSide(said, env), show));
  } finally {
    clear();
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

exitOnSignal();
await carryOut(() => fill(argv.slice(2)));
