import { isIPv4 } from 'node:net';

/**
 * What counts as this machine and as our own page, for every door: the settings, the requests, the live
 * sockets. There are no accounts yet, so this is all that keeps another site's page out.
 */

/** `localhost`, 127.0.0.0/8 and ::1, also as a socket of both protocols writes them. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  return plain === 'localhost' || plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

/** Whether a Host header (`name`, `name:port`, `[::1]:port`) names this very machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  const [, bracketed, name] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(host ?? '') ?? [];
  return isLoopbackAddress(bracketed ?? name ?? '');
}

/** Whether an Origin header names the very host that was asked. */
export function isSameOrigin(origin: string, host: string | undefined): boolean {
  const match = /^https?:\/\/([^/]+)$/.exec(origin);
  return match !== null && host !== undefined && match[1] === host.toLowerCase();
}
