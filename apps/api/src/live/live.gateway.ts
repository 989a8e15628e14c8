import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayInit,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import type { ClientToServer, LiveJoined, ServerToClient } from '../contract.ts';
import { Projector } from '../read-model/projector.ts';
import { Feed, framesOf } from './feed.ts';
import { admit } from './admission.ts';
import { joinSchema, ackSchema } from './messages.ts';

/**
 * The live feed of this node: backfill, cutover, stream. A client joins with the last event it has
 * applied and is told `live`, `pull` or `reload`; from then on it gets frames it can check for gaps by
 * itself. Nothing is ever emitted to a client one by one but its own backfill: a frame is encoded once
 * for all. docs/live-protocol.md is written so that a client can be made from it alone.
 */
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Listener>;
type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, Listener>;

/** What the gateway knows of one client. */
interface Listener {
  acked: number;
  streaming: boolean;
  /** Messages left in this second. */
  budget: number;
  /** Bytes that wait because the client does not read. */
  queuedBytes: number;
}

const ROOM = 'shared';
/** Further behind than this, a client pages over HTTP before it joins. */
const BACKFILL_EVENTS = 500;
/** Further behind than this, a client starts anew. */
const RELOAD_EVENTS = 20_000;
const HEARTBEAT_MS = 5_000;
const INSPECT_MS = 1_000;
const LAG = { ms: 10_000, bytes: 256 * 1024, events: 1_000 };
const ENGINE_QUEUE_BYTES = 1024 * 1024;
const MESSAGES_A_SECOND = 10;
const DRAIN_SLICE = 50;
const DRAIN_PAUSE_MS = 100;

@WebSocketGateway({
  path: '/live',
  transports: ['websocket'],
  allowUpgrades: false,
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: 16 * 1024,
  pingInterval: 10_000,
  pingTimeout: 10_000,
  connectTimeout: 5_000,
  allowRequest: (
    request: IncomingMessage,
    decide: (error: string | null | undefined, admitted: boolean) => void,
  ) => admit(request, decide),
})
export class LiveGateway
  implements OnGatewayInit<LiveServer>, OnGatewayConnection<LiveSocket>, BeforeApplicationShutdown
{
  @WebSocketServer()
  private readonly server!: LiveServer;
  private feed!: Feed;
  private readonly timers: NodeJS.Timeout[] = [];
  private stopListening: () => void = () => undefined;

  constructor(private readonly projector: Projector) {}

  /** Clients connected and clients that are streamed to, for /metrics. */
  get counts(): { connected: number; streaming: number } {
    const { sockets, adapter } = this.server.sockets;
    return { connected: sockets.size, streaming: adapter.rooms.get(ROOM)?.size ?? 0 };
  }

  afterInit(server: LiveServer): void {
    this.feed = new Feed(
      this.projector.log,
      this.projector.projected,
      {
        send: (frame) => server.local.to(ROOM).emit('frame', frame),
        overflow: () => this.pullAll(),
      },
      () => performance.now(),
    );
    this.stopListening = this.projector.onAdvance(({ changes }) => this.feed.take(changes));
    this.timers.push(
      setInterval(() => server.local.emit('heartbeat', this.heartbeat()), HEARTBEAT_MS),
      setInterval(() => this.inspect(), INSPECT_MS),
    );
  }

  handleConnection(socket: LiveSocket): void {
    const listener: Listener = {
      acked: -1,
      streaming: false,
      budget: MESSAGES_A_SECOND,
      queuedBytes: 0,
    };
    socket.data = listener;
    // A packet waits from its creation until the transport takes the whole queue.
    socket.conn.on('packetCreate', ({ data }) => {
      listener.queuedBytes += typeof data === 'string' ? data.length : 0;
    });
    socket.conn.on('flush', () => {
      listener.queuedBytes = 0;
    });
    socket.use(([event], next) => {
      if ((event !== 'join' && event !== 'ack') || --socket.data.budget < 0) socket.disconnect(true);
      else next();
    });
    socket.on('join', (join, answer) => {
      const asked = joinSchema.safeParse(join);
      if (!asked.success || typeof answer !== 'function') socket.disconnect(true);
      else this.join(socket, asked.data.log, asked.data.after, answer);
    });
    socket.on('ack', (ack) => {
      const told = ackSchema.safeParse(ack);
      if (!told.success) socket.disconnect(true);
      else socket.data.acked = Math.max(socket.data.acked, Math.min(told.data.seq, this.feed.position));
    });
    socket.emit('heartbeat', this.heartbeat());
  }

  private join(
    socket: LiveSocket,
    log: string | undefined,
    after: number,
    answer: (joined: LiveJoined) => void,
  ): void {
    // Flushing first brings the room to the head, so that backfill and stream meet without a gap:
    // nothing can be applied between the lines below, they run in one turn.
    this.feed.flush();
    const head = this.feed.position;
    const known = { log: this.projector.log, head };
    if ((log !== undefined && log !== known.log) || after > head || head - after > RELOAD_EVENTS) {
      answer({ answer: 'reload', ...known });
      return;
    }
    if (head - after > BACKFILL_EVENTS) {
      answer({ answer: 'pull', ...known });
      return;
    }
    answer({ answer: 'live', ...known });
    const missed = after < head ? this.projector.changes(after, BACKFILL_EVENTS).changes : [];
    for (const { frame } of framesOf(known.log, after, missed)) socket.emit('frame', frame);
    socket.data.acked = head;
    socket.data.streaming = true;
    void socket.join(ROOM);
  }

  /** Once a second: whoever does not keep up goes to pull mode, whoever does not read is cut off. */
  private inspect(): void {
    for (const socket of this.server.sockets.sockets.values()) {
      socket.data.budget = MESSAGES_A_SECOND;
      if (socket.data.queuedBytes > ENGINE_QUEUE_BYTES) {
        socket.conn.close();
        continue;
      }
      if (!socket.data.streaming) continue;
      const lag = this.feed.lagOf(socket.data.acked);
      if (lag.sinceMs > LAG.ms || lag.bytes > LAG.bytes || lag.events > LAG.events) this.pull(socket);
    }
    this.feed.forgetOlderThan(2 * LAG.ms);
  }

  private pull(socket: LiveSocket): void {
    socket.data.streaming = false;
    void socket.leave(ROOM);
    socket.emit('pull', { log: this.projector.log, head: this.feed.position });
  }

  private pullAll(): void {
    for (const socket of this.server.sockets.sockets.values()) {
      if (socket.data.streaming) this.pull(socket);
    }
  }

  private heartbeat(): Parameters<ServerToClient['heartbeat']>[0] {
    return {
      log: this.projector.log,
      head: this.projector.head(),
      projected: this.projector.projected,
      time: new Date().toISOString(),
    };
  }

  /** Lets clients go in slices, so that another node is not met by all of them at once. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopListening();
    for (const timer of this.timers) clearInterval(timer);
    this.feed.close();
    const sockets = [...this.server.sockets.sockets.values()];
    for (let from = 0; from < sockets.length; from += DRAIN_SLICE) {
      if (from > 0) await new Promise((resume) => setTimeout(resume, DRAIN_PAUSE_MS));
      // The transport is closed, not the session: clients then reconnect by themselves.
      for (const socket of sockets.slice(from, from + DRAIN_SLICE)) socket.conn.close();
    }
  }
}
