import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests that come on one connection before the ones before them are answered. Node begins them all as it
 * reads them, and keeps every answer until it may be sent: a few connections that ask and do not read would
 * fill the memory. Here so many are begun, and the others wait with the connection.
 */

/** Of one connection; browsers and nearly every program have one at a time. */
const MOST_AT_ONCE = 8;
/** What may have been read before the connection stood still: the shortest questions of one packet are fewer. */
const MOST_IN_LINE = 2_000;

interface Line {
  begun: number;
  /** Nothing more is read of it. */
  stands: boolean;
  readonly waiting: (() => void)[];
}

/** Begins requests of a connection in their order, and no more of them than it answers. */
export function inLine(listener: RequestListener): RequestListener {
  const lines = new WeakMap<Socket, Line>();
  return (request, response) => {
    const { socket } = request;
    const line = lines.get(socket) ?? { begun: 0, stands: false, waiting: [] };
    lines.set(socket, line);
    const begin = (): void => {
      line.begun += 1;
      response.once('close', () => {
        line.begun -= 1;
        goOn(socket, line);
      });
      listener(request, response);
    };
    if (line.begun < MOST_AT_ONCE) begin();
    else if (line.waiting.length < MOST_IN_LINE) {
      line.waiting.push(begin);
      line.stands = true;
      socket.pause();
    } else socket.destroy();
  };
}

function goOn(socket: Socket, line: Line): void {
  if (socket.destroyed) line.waiting.length = 0;
  line.waiting.shift()?.();
  if (!line.stands || line.waiting.length > 0) return;
  line.stands = false;
  socket.resume();
}
