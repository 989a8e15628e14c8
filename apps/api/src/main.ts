import 'reflect-metadata';
import { ConfigError, readConfig } from './config.ts';
import { isEventLogError } from './event-log/event-log-error.ts';
import { startNode } from './node.ts';

/**
 * The process: reads the settings, starts one node, says in one line where it is, and stops it in
 * order when asked. Whatever keeps it from starting is said in one line too.
 */
const STOP_WITHIN_MS = 9_500;

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env, process.cwd());
  const node = await startNode(config, Date.now);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Whoever waits for us waits ten seconds at most.
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      node.stop().then(() => process.exit(0), failed);
    });
  }
  const sort = config.sort === 'exercise' ? ' (exercise)' : '';
  process.stdout.write(`Ceasewatch${sort} is ready at ${node.address}\n`);
}

function failed(error: unknown): void {
  process.stderr.write(`${whatToDo(error)}\n`);
  process.exit(1);
}

function whatToDo(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (
    isEventLogError(
      error,
      'data_folder_in_use',
      'data_folder_unusable',
      'wrong_sort',
      'foreign_log',
      'log_corrupt',
      'store_unavailable',
      'storage_full',
    )
  ) {
    return adviceOf(error.code, error.message, error.facts.folder);
  }
  if (isListenError(error)) return adviceOfListening(error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function adviceOf(code: string, message: string, folder = 'the data folder'): string {
  switch (code) {
    case 'log_corrupt':
      return `The log is damaged, and no node can begin with it: ${message}. See what is left: npm run verify-log -- --data FOLDER; then put a copy in its place, or give this node another folder: --data FOLDER.`;
    case 'store_unavailable':
      return `The log cannot be used: ${message}. See to the store that EVENTSTORE_URL names, then start again.`;
    case 'storage_full':
      return `There is nothing to begin with yet, and no room for it: ${message}. Make room, then start again.`;
    case 'data_folder_in_use':
      return `Another node is using ${folder}. Stop it, or give this one its own folder: --data FOLDER.`;
    case 'wrong_sort':
      return `${message}. Give this node its own folder: --data FOLDER${message.includes('opened as an exercise') ? ', or add --empty' : ', or leave out --empty'}.`;
    default:
      return `${message}. Give this node another folder: --data FOLDER.`;
  }
}

interface ListenError extends Error {
  readonly code: string;
  readonly port?: number;
  readonly address?: string;
}

function isListenError(error: unknown): error is ListenError {
  return (
    error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'code' in error
  );
}

function adviceOfListening({ code, port, address }: ListenError): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Stop what uses it, or choose another one: --port ${(port ?? 3000) + 1}.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023: --port 3000.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address} is not an address of this machine. Leave HOST out, or name one that is.`;
    default:
      return `Cannot listen on ${address}:${port} (${code}). Choose another port: --port 3001.`;
  }
}

main().catch(failed);
