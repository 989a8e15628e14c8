import type { IncomingMessage } from 'node:http';

/**
 * Who may open a live socket. A browser always names its origin, and only our own pages may listen;
 * a program on this machine names none and is welcome. Above the caps the upgrade is answered 503, so
 * that a proxy sends the client to another node.
 */
const SOCKETS = 2_000;
const SOCKETS_AN_ADDRESS = 50;

const open = new Map<string, number>();
let total = 0;

export function admit(
  request: IncomingMessage,
  decide: (error: string | null | undefined, admitted: boolean) => void,
): void {
  const address = request.socket.remoteAddress ?? '';
  if (!originIsOurs(request.headers.origin, request.headers.host, isLoopback(address))) {
    decide('origin', false);
    return;
  }
  const here = open.get(address) ?? 0;
  if (total >= SOCKETS || (here >= SOCKETS_AN_ADDRESS && !isLoopback(address))) {
    request.socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n\r\n');
    decide('overloaded', false);
    return;
  }
  total += 1;
  open.set(address, here + 1);
  request.socket.once('close', () => {
    total -= 1;
    const left = (open.get(address) ?? 1) - 1;
    if (left > 0) open.set(address, left);
    else open.delete(address);
  });
  decide(null, true);
}

/** Same origin, or no origin at all from this machine. */
export function originIsOurs(
  origin: string | undefined,
  host: string | undefined,
  loopback: boolean,
): boolean {
  if (origin === undefined) return loopback;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
