import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, cwd, env, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { Flaw } from './flaw.ts';
import { CannotRead, LOG_FILES, LogFile } from './log-file.ts';
import { type VerifiedLog, verifyLog } from './verify-log.ts';

/**
 * `npm run verify-log -- [--data FOLDER]`: verifies the log of a data folder, by default of every one
 * that is there. Exit code 0: sound, 1: a flaw was found and named, 2: there is nothing to read.
 */
const SOUND = 0;
const FLAWED = 1;
const UNREADABLE = 2;

function main(args: string[]): number {
  const { values } = parseArgs({ args, options: { data: { type: 'string' } }, strict: true });
  const folders = foldersOf(values.data ?? env['CEASEWATCH_DATA']);
  if (folders.length === 0) throw new CannotRead('there is no log here: say --data FOLDER');
  return Math.max(...folders.map(verifyFolder));
}

function foldersOf(named: string | undefined): readonly string[] {
  if (named !== undefined && named !== '') return [resolve(cwd(), named)];
  const usual = ['data/exercise', 'data/real'].map((folder) => resolve(cwd(), folder));
  return usual.filter((folder) => LOG_FILES.some((name) => existsSync(resolve(folder, name))));
}

function verifyFolder(folder: string): number {
  const file = new LogFile(folder);
  const last = file.lastSeq();
  try {
    const verified = verifyLog(file, (seq) => showProgress(seq, last));
    clearProgress();
    stdout.write(`${folder}: ${sentence(verified)}\n`);
    return SOUND;
  } catch (error) {
    clearProgress();
    if (!(error instanceof Flaw)) throw error;
    stdout.write(`${folder}: event ${error.seq}: ${error.kind}: ${error.message}\n`);
    return FLAWED;
  } finally {
    file.close();
  }
}

function sentence({ logId, exercise, events, chain, disclosures }: VerifiedLog): string {
  const { shown, withheld, erased } = disclosures;
  return [
    `sound, ${events} events of ${exercise ? 'the exercise' : 'the log'} ${logId}`,
    `disclosures ${shown} shown, ${withheld} withheld, ${erased} erased`,
    `chain ${toBase64(chain)}`,
  ].join('; ');
}

const WIDTH = 30;

function showProgress(seq: number, last: number): void {
  if (!stderr.isTTY) return;
  const done = last <= 0 ? 1 : seq / last;
  const bar = '#'.repeat(Math.round(done * WIDTH)).padEnd(WIDTH, '.');
  stderr.write(`\r[${bar}] ${Math.floor(done * 100)} %, event ${seq} of ${last}`);
}

function clearProgress(): void {
  if (stderr.isTTY) stderr.write('\r\x1b[K');
}

try {
  process.exitCode = main(argv.slice(2));
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = UNREADABLE;
}
