import { isIPv4 } from 'node:net';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the store is and how it is reached: what a connection string of this product may say. */
export interface StoreAddress {
  readonly endpoints: readonly StoreEndpoint[];
  /** Absent only on loopback. */
  readonly tls?: { readonly caFile: string };
  readonly user?: { readonly username: string; readonly password: string };
}

export interface StoreEndpoint {
  readonly address: string;
  readonly port: number;
}

const DEFAULT_PORT = 2113;
const OPTIONS = ['tls', 'tlsCAFile'];

/**
 * Reads `esdb://[user:password@]host:port[,host:port …]?tlsCAFile=FILE` or, on loopback,
 * `esdb://127.0.0.1:2113?tls=false`. Everything else the client would ignore with a warning (T15), so
 * it is said here instead; keep-alive and node preference are not anybody's choice.
 *
 * @returns the address, or one sentence that says what is wrong, without the password
 */
export function readStoreAddress(text: string, cwd: string): StoreAddress | string {
  const match = /^esdb:\/\/(?:(?<user>[^@/]*)@)?(?<hosts>[^@/?]+)\/?(?:\?(?<query>.*))?$/.exec(
    text,
  );
  if (match?.groups === undefined) {
    return text.startsWith('esdb+discover:')
      ? 'EVENTSTORE_URL must name its servers (esdb://a:2113,b:2113): of a discover address only the first would be used.'
      : 'EVENTSTORE_URL must be esdb://host:port, with several servers separated by commas.';
  }
  const { user, hosts = '', query = '' } = match.groups;
  const endpoints: StoreEndpoint[] = [];
  for (const host of hosts.split(',')) {
    const endpoint = endpointOf(host);
    if (endpoint === undefined) {
      return `EVENTSTORE_URL names a server that is not a name or an IPv4 address with a port: ${host}`;
    }
    endpoints.push(endpoint);
  }
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((key) => !OPTIONS.includes(key));
  if (unknown !== undefined) {
    return `EVENTSTORE_URL has an option that is not known here: ${unknown}. It takes tlsCAFile, and on loopback tls=false.`;
  }
  const credentials = user === undefined ? undefined : credentialsOf(user);
  if (user !== undefined && credentials === undefined) {
    return 'EVENTSTORE_URL must say user:password, both percent-encoded where they hold :, @ or /.';
  }
  if (options.get('tls') === 'false') return insecure(endpoints, credentials !== undefined);
  const file = options.get('tlsCAFile');
  if (file === null) {
    return 'EVENTSTORE_URL needs tlsCAFile=FILE, the certificate that signed those of the servers; tls=false is for loopback only.';
  }
  const caFile = resolve(cwd, file);
  if (!existsSync(caFile)) return `EVENTSTORE_URL names a tlsCAFile that is not there: ${caFile}`;
  return {
    endpoints,
    tls: { caFile },
    ...(credentials === undefined ? {} : { user: credentials }),
  };
}

function insecure(endpoints: readonly StoreEndpoint[], hasUser: boolean): StoreAddress | string {
  const away = endpoints.find(({ address }) => !isLoopback(address));
  if (away !== undefined) {
    return `EVENTSTORE_URL says tls=false, but ${away.address} is another machine: use TLS, with tlsCAFile=FILE.`;
  }
  // The client would drop them without a word (T16).
  if (hasUser)
    return 'EVENTSTORE_URL names a user, who is not sent without TLS: leave one of both out.';
  return { endpoints };
}

function endpointOf(host: string): StoreEndpoint | undefined {
  const match = /^(?<address>[A-Za-z0-9.-]+)(?::(?<port>\d{1,5}))?$/.exec(host.trim());
  const { address, port } = match?.groups ?? {};
  if (address === undefined) return undefined;
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  return number > 0 && number <= 65_535 ? { address, port: number } : undefined;
}

function credentialsOf(user: string): StoreAddress['user'] {
  const [username = '', password = '', ...more] = user.split(':');
  if (username === '' || password === '' || more.length > 0) return undefined;
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || (isIPv4(address) && address.startsWith('127.'));
}
