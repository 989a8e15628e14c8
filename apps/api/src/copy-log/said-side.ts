import { type Environment, typedPath } from '../command-line.ts';
import { ConfigError, urlOfStore } from '../config.ts';
import { readStoreAddress } from '../event-log/eventstoredb-address.ts';
import { STORE_PREFIX } from '../event-log/eventstoredb-names.ts';
import type { LogSide } from './log-side.ts';

/** A log as it is named on the command line: a folder, an address, or the word `store`. */
export interface SaidSide {
  readonly flag: string;
  readonly said: string | undefined;
  readonly prefix: string | undefined;
}

/** @throws ConfigError */
export function readSide({ flag, said, prefix: saidPrefix }: SaidSide, env: Environment): LogSide {
  if (said === undefined || said === '') throw new ConfigError(`${flag} is missing.`);
  const url = said === 'store' ? urlOfStore(env, process.cwd()) : said;
  if (url === undefined) throw new ConfigError('EVENTSTORE_URL is not set.');
  if (!/^esdb[:+]/.test(url)) {
    return { kind: 'folder', folder: typedPath(url, env) };
  }
  const address = readStoreAddress(url, process.cwd());
  if (typeof address === 'string') {
    throw new ConfigError(said === 'store' ? address : address.replaceAll('EVENTSTORE_URL', flag));
  }
  const prefix = saidPrefix ?? env['EVENTSTORE_PREFIX'];
  if (prefix === undefined || prefix === '') return { kind: 'store', address };
  if (STORE_PREFIX.test(prefix)) return { kind: 'store', address, prefix };
  throw new ConfigError('A prefix is 1 to 16 small letters and digits, a letter first.');
}
