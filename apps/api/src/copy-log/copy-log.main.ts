import { parseArgs } from 'node:util';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { ConfigError } from '../config.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { type Copied, copyLog } from './copy-log.ts';
import { CopyProgress } from './copy-progress.ts';
import type { LogSide } from './log-side.ts';
import { LogSource } from './log-source.ts';
import { openTarget } from './log-target.ts';
import { readSide } from './said-side.ts';

/**
 * `npm run copy-log -- --from LOG --to LOG`: moves a log between a data folder and a store, either way.
 * Progress goes to the error output, the last line of the output says what both have.
 */
const USAGE = `npm run copy-log -- --from LOG --to LOG
  LOG is a data folder, an address (esdb://USER:PASSWORD@HOST:PORT?tlsCAFile=FILE), or the word
  "store": then the address stands in EVENTSTORE_URL, or in the file that EVENTSTORE_URL_FILE
  names, where no other user of this machine reads it
  --from-prefix P    what the streams of the source begin with (EVENTSTORE_PREFIX, cw)
  --to-prefix P      those of the target

Exit codes: 0 both have the same log; 1 refused, nothing was written: another log, a folder in use;
2 wrong flags; 3 stopped on the way, run it again: the store is away, the disk is full;
4 damage: the source cannot be vouched for from the event that is named, or the target is no copy`;

const EXIT = { same: 0, refused: 1, usage: 2, again: 3, damaged: 4 } as const;

const FLAGS = {
  from: { type: 'string' },
  to: { type: 'string' },
  'from-prefix': { type: 'string' },
  'to-prefix': { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function main(args: readonly string[]): Promise<number> {
  const [from, to] = sidesOf(args);
  const source = await LogSource.open(from);
  try {
    const [first] = source.page(-1, 1);
    if (first === undefined) throw new ConfigError(`${source.name} is empty.`);
    const target = await openTarget(to, first);
    const progress = new CopyProgress();
    try {
      const copied = await copyLog(source, target, (step) => progress.show(step));
      progress.end();
      process.stdout.write(`${sentence(target.name, copied)}\n`);
      return EXIT.same;
    } finally {
      progress.end();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function sidesOf(args: readonly string[]): readonly [from: LogSide, to: LogSide] {
  const flags = flagsOf(args);
  if (flags.help === true) throw new ConfigError(USAGE);
  const from = sideOf('from', flags);
  const to = sideOf('to', flags);
  if (JSON.stringify(from) === JSON.stringify(to)) {
    throw new ConfigError('--from and --to name the same log.');
  }
  return [from, to];
}

function flagsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true }).values;
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function sideOf(end: 'from' | 'to', flags: ReturnType<typeof flagsOf>): LogSide {
  const said = { flag: `--${end}`, said: flags[end], prefix: flags[`${end}-prefix`] };
  return readSide(said, process.env);
}

function sentence(name: string, copied: Copied): string {
  const { events, written, ahead, logId, exercise, chain, disclosures } = copied;
  const { shown, withheld, erased } = disclosures;
  return [
    `${name}: the same ${events} events of ${exercise ? 'the exercise' : 'the log'} ${logId}`,
    written === 0 ? 'nothing was missing' : `${written} written now`,
    ...(ahead === 0 ? [] : [`${ahead} more of its own`]),
    `disclosures ${shown} shown, ${withheld} withheld, ${erased} erased`,
    `chain ${toBase64(chain)}`,
  ].join('; ');
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError) return EXIT.usage;
  if (isEventLogError(error, 'log_corrupt')) return EXIT.damaged;
  if (isEventLogError(error, 'store_unavailable', 'outcome_unknown', 'storage_full')) {
    return EXIT.again;
  }
  return isEventLogError(error) ? EXIT.refused : undefined;
}

// The scratch folder is removed when the process exits, which a signal alone would not make it do.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const code = exitCodeOf(error);
  if (code === undefined || !(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = code;
}
