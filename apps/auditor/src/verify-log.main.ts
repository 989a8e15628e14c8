import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, cwd, env, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { EarlierCopy } from './earlier-copy.ts';
import { KeptHeads, readKeptHead } from './kept-head.ts';
import { LOG_FILES, LogFile } from './log-file.ts';
import { CannotRead, messageOf } from './log-row.ts';
import { NodeAddress } from './node-address.ts';
import { ProgressBar } from './progress-bar.ts';
import { endQuietlyUnread } from './quiet-end.ts';
import { furtherFlaws, grounds, verdict } from './verdict-text.ts';
import { type Against, type VerifiedLog, verifyLog } from './verify-log.ts';

/**
 * `npm run verify-log -- [--data FOLDER | --url ADDRESS] [--from N] [--expect HEAD]… [--against COPY]`:
 * verifies the log of a data folder (by default of every one that is there), of a backup, or of a running
 * node. Exit code 0: sound, 1: a flaw was found and named, 2: wrong flags, or there is nothing to read.
 */
const SOUND = 0;
const FLAWED = 1;
const UNREADABLE = 2;

const OPTIONS = {
  data: { type: 'string' },
  url: { type: 'string' },
  from: { type: 'string' },
  expect: { type: 'string', multiple: true },
  against: { type: 'string' },
} as const;
type Flags = ReturnType<typeof readFlags>;

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args);
  if (flags.url !== undefined) {
    const node = new NodeAddress(flags.url);
    return await judged(flags.url, flags, (against, bar) =>
      node.verify(against, (seq, last) => bar.show(seq, last)),
    );
  }
  const folders = foldersOf(flags.data);
  if (folders.length === 0) throw new CannotRead('there is no log here: say --data FOLDER');
  let worst = SOUND;
  for (const folder of folders)
    worst = Math.max(worst, await judged(folder, flags, ofFile(folder)));
  return worst;
}

function readFlags(args: string[]) {
  const { values } = parseArgs({ args, options: OPTIONS, strict: true });
  const { data, url, from = '0', expect = [], against } = values;
  if (data !== undefined && url !== undefined) throw new CannotRead('--data or --url, not both');
  if (!/^(?:0|[1-9]\d{0,14})$/.test(from)) throw new CannotRead('--from is the number of an event');
  return { data, url, from: Number(from), heads: expect.map(readKeptHead), against };
}

function foldersOf(named: string | undefined): readonly string[] {
  if (named !== undefined) return [typed(named)];
  const set = env['CEASEWATCH_DATA'];
  if (set !== undefined && set !== '') return [resolve(set)];
  const usual = ['data/exercise', 'data/real'].map((folder) => resolve(folder));
  return usual.filter((folder) => LOG_FILES.some((name) => existsSync(resolve(folder, name))));
}

/** npm moves to the project's root before it runs us; a path is meant from where it was typed. */
function typed(path: string): string {
  return resolve(env['INIT_CWD'] ?? cwd(), path);
}

type Verify = (against: Against, bar: ProgressBar) => VerifiedLog | Promise<VerifiedLog>;

function ofFile(folder: string): Verify {
  return (against, bar) => {
    const file = new LogFile(folder);
    try {
      const last = file.lastSeq();
      return verifyLog(file, against, (seq) => bar.show(seq, last));
    } finally {
      file.close();
    }
  };
}

async function judged(name: string, { from, heads, against }: Flags, verify: Verify) {
  const copy = against === undefined ? undefined : new EarlierCopy(typed(against));
  const bar = new ProgressBar();
  const verified = await verify(
    { from, heads: new KeptHeads(heads), ...(copy === undefined ? {} : { copy }) },
    bar,
  );
  bar.clear();
  const rate = `${bar.rate(verified.last + 1)} events/s`;
  const lines = [`${verdict(name, verified)}; ${rate}`, ...furtherFlaws(verified)];
  stdout.write(`${[...lines, ...grounds(verified, { heads, copy })].join('\n')}\n`);
  return verified.flaws.count === 0 ? SOUND : FLAWED;
}

endQuietlyUnread();
try {
  process.exitCode = await main(argv.slice(2));
} catch (error) {
  stderr.write(`${messageOf(error)}\n`);
  process.exitCode = UNREADABLE;
}
