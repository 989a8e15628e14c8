import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { answerBare, type BareProblem } from './bare-answer.ts';
import { sendJson } from './send-json.ts';
import { withStaleness } from './stale-since.ts';
import type { Traffic } from './traffic.ts';
import { guarded } from './crowded-door.ts';
import { inLine } from './in-line.ts';

/**
 * The listener with limits that Node leaves wide open: how long a head and a body may take, how large
 * a head may be. What breaks them never becomes a request, so it is answered here, on the bare socket.
 */
const HEADERS_MS = 10_000;
/** A table of a gigabyte on a slow line; whoever reads a body has a limit of his own far below. */
const REQUEST_MS = 3_600_000;
/**
 * Longer than any client or proxy keeps a connection that rests (30 s in deploy/Caddyfile): whoever sends
 * on it must not meet the listener closing it, which for a submission is an unknown outcome.
 */
const KEEP_ALIVE_MS = 65_000;
/** How often Node looks for requests that take too long. */
const INSPECT_MS = 1_000;
const HEAD_BYTES = 16 * 1024;
/** Longer than any filter; a request line near the limit of the head is a query too long. */
const LONG_REQUEST_LINE = 8 * 1024;

/**
 * Connections that wait to be taken in, while the node is busy with others. Node's own 511 are fewer than
 * the dashboards that come back at once; who finds no place is cut off without a word, seconds later.
 */
const BACKLOG = 4_096;

export class NodeHttpAdapter extends ExpressAdapter {
  readonly #traffic: Traffic;
  readonly #streamed: readonly string[];

  /** @param streamed paths that read their own body, as long as it is */
  constructor(traffic: Traffic, streamed: readonly string[]) {
    super();
    this.#traffic = traffic;
    this.#streamed = streamed;
  }

  override initHttpServer(): void {
    const listener = guarded(this.getInstance(), this.#traffic, this.#streamed);
    this.httpServer = limitedServer(inLine(listener));
    this.httpServer.on('connection', () => this.#traffic.room.noteConnection());
  }

  override listen(
    port: string | number,
    host?: string | (() => void),
    callback?: () => void,
  ): Server {
    const server: Server = this.httpServer;
    if (typeof host !== 'string')
      return server.listen({ port: Number(port), backlog: BACKLOG }, host);
    return server.listen({ port: Number(port), host, backlog: BACKLOG }, callback);
  }

  /** Data is JSON and leaves in one piece; Express would negotiate what we never leave open. */
  override reply(response: Response, body: unknown, status?: number): unknown {
    if (!isData(body) || response.hasHeader('Content-Type')) {
      return super.reply(response, body, status);
    }
    if (status !== undefined) response.statusCode = status;
    sendJson(response, JSON.stringify(withStaleness(response, body)));
    return response;
  }
}

/** Neither a stream nor an error, which Nest answers in ways of its own. */
function isData(body: unknown): body is object {
  if (typeof body !== 'object' || body === null) return false;
  const prototype: unknown = Object.getPrototypeOf(body);
  return prototype === Object.prototype || prototype === Array.prototype;
}

function limitedServer(listener: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: INSPECT_MS,
      maxHeaderSize: HEAD_BYTES,
      // Whoever offers HTTP/2 beside his question gets his answer; only the live feed is another protocol.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    listener,
  );
  server.on('clientError', answerBrokenRequest);
  // What nobody here can fulfil may be passed over (RFC 9110, 10.1.1); Node would answer a bare 417.
  server.on('checkExpectation', listener);
  return server;
}

interface BrokenRequest extends Error {
  readonly code?: string;
  /** What had arrived when the parser gave up. */
  readonly rawPacket?: Buffer;
}

function answerBrokenRequest(error: BrokenRequest, socket: Duplex): void {
  if (error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  answerBare(socket, codeOf(error));
}

function codeOf({ code, rawPacket }: BrokenRequest): BareProblem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too_slow';
  if (code !== 'HPE_HEADER_OVERFLOW') return 'malformed_request';
  const lineEnd = rawPacket?.indexOf('\r\n') ?? 0;
  return lineEnd === -1 || lineEnd > LONG_REQUEST_LINE ? 'address_too_long' : 'head_too_large';
}
