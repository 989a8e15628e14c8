import { performance } from 'node:perf_hooks';
import type { Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { ClientToServer, ServerToClient } from '../contract/live.ts';

/**
 * What a client may say on the socket, read as hostile input: anything else ends the connection, and
 * so does saying it too often.
 */
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Listener>;
export type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, Listener>;
type Connection = LiveSocket['conn'];

/** What this node knows of one client. */
export interface Listener {
  acked: number;
  streaming: boolean;
  /** Bytes that wait because the client does not read. */
  queuedBytes: number;
}

export const joinSchema = z.strictObject({
  log: z.string().max(64).optional(),
  feed: z.literal('shared'),
  after: z.int().min(-1),
});

export const ackSchema = z.strictObject({ seq: z.int().min(-1) });

/** Connect to and leave the one namespace, `join` and `ack`; the parser decides whether it is JSON. */
const SAYABLE = /^(?:0(?:\{|$)|1$|2\d*\[\s*"(?:join|ack)"\s*,)/;
const SECOND_MS = 1_000;

/** Listens to everything that arrives, before any of it is parsed or answered. */
export function holdToTheProtocol(connection: Connection, messagesASecond: number): void {
  let second = 0;
  let said = 0;
  const count = (): void => {
    const now = Math.floor(performance.now() / SECOND_MS);
    said = now === second ? said + 1 : 1;
    second = now;
    if (said > messagesASecond) cut(connection);
  };
  connection.on('packet', ({ type, data }) => {
    const known =
      type === 'pong' || (type === 'message' && typeof data === 'string' && SAYABLE.test(data));
    if (known) count();
    else cut(connection);
  });
  // Those of the websocket itself are no packets: each ping is answered, and the answers of one who reads
  // nothing would fill the memory.
  for (const control of ['ping', 'pong']) websocketOf(connection).on(control, count);
}

/** @throws TypeError for a connection that came another way, which none can: there is one transport */
function websocketOf({ request }: Connection): Emitting {
  if ('websocket' in request && isEmitting(request.websocket)) return request.websocket;
  throw new TypeError('a live connection that is no websocket');
}

interface Emitting {
  on(event: string, listener: () => void): unknown;
}

function isEmitting(found: unknown): found is Emitting {
  return typeof found === 'object' && found !== null && 'on' in found;
}

/** Ends a connection now: a polite close would wait until a client that does not read has read. */
export function cut(connection: Connection): void {
  const { socket } = connection.request;
  connection.close(true);
  socket.destroy();
}
