import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, isLoopbackHost, isSameOrigin } from '../http/same-machine.ts';
import type { LiveLimits } from './limits.ts';

/**
 * Who may open a live socket. A browser always names its origin, and only our own pages may listen;
 * a program on this machine names none and is welcome. Above the caps the upgrade is answered 503, so
 * that a proxy sends the client to another node.
 */
type Decide = (error: string | null | undefined, admitted: boolean) => void;

export class Admission {
  private readonly open = new Map<string, number>();
  private total = 0;
  private closed = false;

  constructor(
    private readonly limits: Pick<LiveLimits, 'sockets' | 'socketsAnAddress'>,
    /** The node is bound to a loopback address, so a foreign name was made to point here. */
    private readonly loopbackOnly: boolean,
  ) {}

  /** Answers an upgrade; the place is free again when the connection is gone. */
  admit(request: IncomingMessage, decide: Decide): void {
    const address = request.socket.remoteAddress ?? '';
    const loopback = isLoopbackAddress(address);
    const { origin, host } = request.headers;
    const foreignName = this.loopbackOnly && !isLoopbackHost(host);
    const ours = origin === undefined ? loopback : isSameOrigin(origin, host);
    if (foreignName || !ours) {
      turnAway(request, '403 Forbidden', decide);
      return;
    }
    const here = this.open.get(address) ?? 0;
    const full = this.total >= this.limits.sockets;
    if (this.closed || full || (here >= this.limits.socketsAnAddress && !loopback)) {
      turnAway(request, '503 Service Unavailable\r\nRetry-After: 5', decide);
      return;
    }
    this.total += 1;
    this.open.set(address, here + 1);
    request.socket.once('close', () => this.leave(address));
    decide(null, true);
  }

  /** The node is stopping: whoever comes now goes to another one. */
  close(): void {
    this.closed = true;
  }

  private leave(address: string): void {
    this.total -= 1;
    const left = (this.open.get(address) ?? 1) - 1;
    if (left > 0) this.open.set(address, left);
    else this.open.delete(address);
  }
}

function turnAway(request: IncomingMessage, status: string, decide: Decide): void {
  const answer = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  // Engine.IO would answer 400 to everything; it only gets to destroy what has been answered.
  request.socket.end(answer, () => decide('turned away', false));
}
