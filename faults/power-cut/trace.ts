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
  const { signal, stderr } = runTraced(folder, events);
  if (signal !== 'SIGKILL') throw new Error(`the writer did not end as it should: ${stderr}`);
  return callsIn(readFileSync(traceIn(folder), 'latin1'));
}

/** What a writer promised whose syncs fail, and whether it got to the end. */
export interface FailingSyncs {
  readonly promised: readonly Promised[];
  /** Syncs that failed. */
  readonly failed: number;
  /** A log whose file cannot be synced when it is opened is not begun with. */
  readonly isBegun: boolean;
}

/** Every sync from the `first` on fails, `count` of them. */
export function appendsWithFailingSyncs(
  folder: string,
  events: number,
  { first, count }: { readonly first: number; readonly count: number },
): FailingSyncs {
  const when = `${first}..${first + count - 1}`;
  const { signal } = runTraced(folder, events, [`inject=fsync,fdatasync:error=EIO:when=${when}`]);
  const trace = readFileSync(traceIn(folder), 'latin1');
  const promised = callsIn(trace).flatMap((call) => (call.kind === 'promise' ? call.promised : []));
  const failed = trace.match(/\(INJECTED\)/g)?.length ?? 0;
  return { promised, failed, isBegun: signal === 'SIGKILL' };
}

export function dataIn(folder: string): string {
  return join(folder, 'data');
}

function traceIn(folder: string): string {
  return join(folder, 'trace');
}

function runTraced(folder: string, events: number, more: readonly string[] = []) {
  const script = join(import.meta.dirname, 'writer.ts');
  const told = ['-s', `${LONGEST}`, '-o', traceIn(folder)];
  const expressions = [`trace=${CALLS}`, ...more].flatMap((each) => ['-e', each]);
  const node = [execPath, '--conditions=ceasewatch-source', script, dataIn(folder), `${events}`];
  return spawnSync('strace', ['-qq', '-y', '-xx', ...told, ...expressions, ...node], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
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
