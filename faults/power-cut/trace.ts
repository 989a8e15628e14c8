import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execPath } from 'node:process';

/** What a process asked of its disk and what it promised, in the order in which it did. */
export type Call =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'remove'; readonly file: string }
  | { readonly kind: 'promise'; readonly promised: Promised };

/** An event that was acknowledged. */
export interface Promised {
  readonly id: string;
  readonly seq: number;
  /** In hexadecimal digits. */
  readonly leafHash: string;
}

const CALLS = 'pwrite64,write,ftruncate,fsync,fdatasync,unlink';
/** SQLite makes it anew at every start. */
const INDEX_OF_WAL = 'log.sqlite-shm';
/** More than SQLite or the writer ever writes at once. */
const LONGEST = 1 << 20;

/** Why nobody can be traced here; undefined where it can be done. */
export function whyNoTrace(): string | undefined {
  const { error, status } = spawnSync('strace', ['-o', '/dev/null', 'true']);
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? undefined : 'strace may not trace here';
}

/** Runs the writer under strace. SQLite and the promises are of one thread, so their order is the trace's. */
export function tracedAppends(folder: string, events: number): readonly Call[] {
  const [trace, data] = [join(folder, 'trace'), join(folder, 'data')];
  const script = join(import.meta.dirname, 'writer.ts');
  const options = ['-qq', '-y', '-xx', '-s', `${LONGEST}`, '-e', `trace=${CALLS}`, '-o', trace];
  const node = [execPath, '--conditions=ceasewatch-source', script, data, `${events}`];
  const { stderr, signal } = spawnSync('strace', [...options, ...node], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (signal !== 'SIGKILL') throw new Error(`the writer did not end as it should: ${stderr}`);
  return callsIn(readFileSync(trace, 'latin1'));
}

const CALL =
  /^(?<name>\w+)\((?:\d+<(?<path>[^>]*)>|"(?<named>[^"]*)")(?:, "(?<bytes>[^"]*)")?(?:, (?<one>\d+))?(?:, (?<two>\d+))?\) += (?<answer>-?\d+)/;

/** Only what succeeded, of the log's own files and of the promises. */
function callsIn(trace: string): readonly Call[] {
  return trace.split('\n').flatMap((line): Call | readonly Call[] => {
    const { name, path, named = '', bytes = '', one, two, answer } = CALL.exec(line)?.groups ?? {};
    if (name === undefined || Number(answer) < 0) return [];
    const file = basename(plain(path ?? named));
    if (name === 'write') return promisesIn(plain(bytes));
    if (!file.startsWith('log.sqlite') || file === INDEX_OF_WAL) return [];
    if (name === 'unlink') return { kind: 'remove', file };
    if (name === 'ftruncate') return { kind: 'truncate', file, size: Number(one) };
    if (name !== 'pwrite64') return { kind: 'sync', file };
    const whole = Buffer.from(plain(bytes), 'latin1');
    if (whole.length !== Number(one)) throw new Error('a write was traced in part');
    return { kind: 'write', file, at: Number(two), bytes: whole.subarray(0, Number(answer)) };
  });
}

function promisesIn(text: string): readonly Call[] {
  return text.split('\n').flatMap((line) => {
    const [id, seq, leafHash] = line.split(' ');
    if (id === undefined || leafHash?.length !== 64) return [];
    return { kind: 'promise', promised: { id, seq: Number(seq), leafHash } };
  });
}

/** strace writes every byte as `\xNN`. */
function plain(escaped: string): string {
  return escaped.includes('\\x')
    ? Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('latin1')
    : escaped;
}
