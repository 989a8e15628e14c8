// Child processes on the pinned Node that never outlive the launcher.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { root } from './project.mjs';

const LEASH = new URL('leash.mjs', import.meta.url).href;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const STDIO = {
  shown: 'inherit',
  watched: ['inherit', 'pipe', 'inherit'],
  kept: ['ignore', 'pipe', 'pipe'],
  whole: ['ignore', 'pipe', 'pipe'],
};
/** The exit code of a child that was killed without a word. */
export const KILLED = 137;
const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGKILL: KILLED, SIGTERM: 143 };

/**
 * Runs a script on the given Node until it ends and returns its exit code (0 when it was asked to stop and did).
 * @param {string} node path of the Node binary
 * @param {string[]} args script and its arguments
 * @param {{ env?: Record<string, string>, output?: keyof typeof STDIO, onOutput?: (chunk: string) => void }} [options]
 *   onOutput sees what is `watched` on its way through; what is `kept` is shown only if the child fails,
 *   and `whole` when it has ended, so that it does not mingle with what another one says
 */
export function run(node, args, { env = {}, output = 'shown', onOutput } = {}) {
  const child = spawn(node, ['--import', LEASH, ...args], {
    cwd: root,
    stdio: STDIO[output],
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...env },
  });
  const kept = [];
  if (output === 'kept' || output === 'whole') {
    child.stdout.on('data', (chunk) => kept.push(chunk));
    child.stderr.on('data', (chunk) => kept.push(chunk));
  } else if (output === 'watched') {
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      onOutput(chunk.toString());
    });
  }
  const release = tieToLauncher(child);
  return new Promise((resolve, reject) => {
    child.on('error', (/** @type {Error} */ error) => {
      release();
      reject(error);
    });
    child.on('close', (code, signal) => {
      const wasAsked = release();
      const exit = code ?? SIGNAL_EXIT[signal] ?? 1;
      const stopped = wasAsked !== undefined && (exit === 0 || exit === SIGNAL_EXIT[wasAsked]);
      if (output === 'whole') process.stdout.write(Buffer.concat(kept));
      if (output === 'kept' && exit !== 0) process.stderr.write(Buffer.concat(kept));
      if (signal !== null && !stopped) console.error(`${args.find(isScript)} ended by ${signal}.`);
      resolve(stopped ? 0 : exit);
    });
  });
}

const isScript = (argument) => !argument.startsWith('-');

// npm starts us through a shell that passes no signal on, and a killed npm tells nobody: so signals
// are forwarded, and the parents are watched. Returns a function that lets go and says which signal was sent.
function tieToLauncher(child) {
  let sent;
  const stop = (signal) => {
    sent = signal;
    child.kill(signal);
  };
  const handlers = FORWARDED.map((signal) => [signal, () => stop(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const parents = process.env.npm_lifecycle_event ? [process.ppid, parentOf(process.ppid)] : [];
  const watch = setInterval(() => {
    if (parents.length > 0 && (process.ppid !== parents[0] || parentOf(parents[0]) !== parents[1]))
      stop('SIGTERM');
  }, 500);
  const killAtExit = () => child.kill('SIGKILL');
  process.on('exit', killAtExit);
  return () => {
    clearInterval(watch);
    process.off('exit', killAtExit);
    for (const [signal, handler] of handlers) process.off(signal, handler);
    return sent;
  };
}

// The shell between npm and us stays our parent when npm dies; only its own parent tells. Linux says
// so in a file; elsewhere the shell is not looked behind.
function parentOf(pid) {
  if (process.platform !== 'linux') return undefined;
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 1;
    throw error;
  }
}
