import { argv, env } from 'node:process';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { carryOut, exitOnSignal, readCommand } from '../command-line.ts';
import { ConfigError } from '../config.ts';
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

const FLAGS = {
  from: { type: 'string' },
  to: { type: 'string' },
  'from-prefix': { type: 'string' },
  'to-prefix': { type: 'string' },
} as const;

async function copy(args: readonly string[]): Promise<string> {
  const [from, to] = sidesOf(args);
  const source = await LogSource.open(from);
  try {
    const [first] = source.page(-1, 1);
    if (first === undefined) throw new ConfigError(`${source.name} is empty.`);
    const target = await openTarget(to, first);
    const progress = new CopyProgress();
    try {
      const copied = await copyLog(source, target, (step) => progress.show(step));
      return sentence(target.name, copied);
    } finally {
      progress.end();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function sidesOf(args: readonly string[]): readonly [from: LogSide, to: LogSide] {
  const { values: flags } = readCommand(args, { usage: USAGE, options: FLAGS, files: 0 });
  const from = sideOf('from', flags);
  const to = sideOf('to', flags);
  if (JSON.stringify(from) === JSON.stringify(to)) {
    throw new ConfigError('--from and --to name the same log.');
  }
  return [from, to];
}

type Flags = Readonly<Partial<Record<keyof typeof FLAGS, string>>>;

function sideOf(end: 'from' | 'to', flags: Flags): LogSide {
  const said = { flag: `--${end}`, said: flags[end], prefix: flags[`${end}-prefix`] };
  return readSide(said, env);
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

exitOnSignal();
await carryOut(() => copy(argv.slice(2)));
