import { performance } from 'node:perf_hooks';
import type { LiveHeartbeat, LiveJoin, LiveJoined } from '../contract/live.ts';
import { inAnInstant } from '../read-model/in-an-instant.ts';
import { ReadModelError } from '../read-model/read-model-error.ts';
import { Backfill, type LiveSource } from './backfill.ts';
import { Feed, type FeedOutlet } from './feed.ts';
import type { LiveLimits } from './limits.ts';
import { ackSchema, cut, joinSchema, type LiveServer, type LiveSocket } from './messages.ts';

/**
 * Everybody who listens to this node: backfill, cutover, stream. A client joins with the last event it
 * has applied and is told `live`, `pull` or `reload`; from then on it gets frames it can check for gaps
 * by itself. Nothing is ever emitted to a client one by one but its own backfill: a frame is encoded
 * once for all. docs/live-protocol.md is written so that a client can be made from it alone.
 */
const ROOM = 'shared';

type Asked = Pick<LiveJoin, 'after'> & { readonly log?: string | undefined };
type Answering = (joined: LiveJoined) => void;

export class Audience {
  private readonly feed: Feed;
  private readonly backfill: Backfill;
  private readonly stopListening: readonly (() => void)[];
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(
    private readonly server: LiveServer,
    private readonly source: LiveSource,
    private readonly limits: LiveLimits,
  ) {
    const { rooms } = server.sockets.adapter;
    const outlet: FeedOutlet = {
      get isHeard() {
        return rooms.has(ROOM);
      },
      send: (frame) => void server.local.to(ROOM).emit('frame', frame),
      overflow: () => this.pullAll(),
    };
    this.feed = new Feed(source.log, source.projected, outlet, () => performance.now());
    this.backfill = new Backfill(source, limits);
    this.stopListening = [
      source.onAdvance(({ changes }) => this.feed.take(changes)),
      source.onSwap((seq) => this.startAnewAt(seq)),
    ];
    this.timers = [
      setInterval(() => server.local.emit('heartbeat', this.heartbeat()), limits.heartbeatMs),
      setInterval(() => this.inspect(), limits.inspectMs),
    ];
  }

  get counts(): { readonly connected: number; readonly streaming: number } {
    const { sockets, adapter } = this.server.sockets;
    return { connected: sockets.size, streaming: adapter.rooms.get(ROOM)?.size ?? 0 };
  }

  welcome(socket: LiveSocket): void {
    const listener = { acked: -1, streaming: false, queuedBytes: 0 };
    socket.data = listener;
    // A packet waits from its creation until the transport takes the whole queue.
    socket.conn.on('packetCreate', ({ data }) => {
      listener.queuedBytes += typeof data === 'string' ? data.length : 0;
    });
    socket.conn.on('flush', () => {
      listener.queuedBytes = 0;
    });
    socket.on('disconnect', () => socket.conn.close());
    socket.on('join', (join, answer) => {
      const asked = joinSchema.safeParse(join);
      if (!asked.success || typeof answer !== 'function') cut(socket.conn);
      else this.joinInAnInstant(socket, asked.data, answer);
    });
    socket.on('ack', (ack) => {
      const told = ackSchema.safeParse(ack);
      if (!told.success) cut(socket.conn);
      else listener.acked = Math.max(listener.acked, Math.min(told.data.seq, this.feed.position));
    });
    socket.emit('heartbeat', this.heartbeat());
  }

  private joinInAnInstant(socket: LiveSocket, join: Asked, answer: Answering): void {
    const coming = inAnInstant(this.source, join.after);
    if (coming === undefined) this.join(socket, join, answer);
    else void coming.then(() => socket.connected && this.join(socket, join, answer));
  }

  private join(socket: LiveSocket, { log, after }: Asked, answer: Answering): void {
    // Flushing first brings the room to the head, so that backfill and stream meet without a gap:
    // nothing can be applied between the lines below, they run in one turn.
    this.feed.flush();
    const known = { log: this.source.log, head: this.feed.position };
    const foreign = log !== undefined && log !== known.log;
    // A client may know events that this node has not applied yet, but none that the log lacks.
    const ahead = after > this.source.head();
    if (foreign || ahead || known.head - after > this.limits.reloadEvents) {
      answer({ answer: 'reload', ...known });
      return;
    }
    const missed = this.missedBy(socket, after);
    if (missed === 'unreadable') return;
    if (missed === undefined) {
      answer({ answer: 'pull', ...known });
      return;
    }
    answer({ answer: 'live', ...known });
    for (const frame of missed) socket.emit('frame', frame);
    socket.data.acked = known.head;
    socket.data.streaming = true;
    void socket.join(ROOM);
  }

  /** Without rows to read, the connection is worth nothing: the client tries again, or elsewhere. */
  private missedBy(socket: LiveSocket, after: number) {
    try {
      return this.backfill.framesFrom(after, this.feed.position);
    } catch (error) {
      if (!(error instanceof ReadModelError)) throw error;
      socket.conn.close();
      return 'unreadable';
    }
  }

  /** The rows were built anew and stand elsewhere; what lies between was never told. */
  private startAnewAt(seq: number): void {
    this.feed.startAnewAt(seq);
    this.pullAll();
  }

  /** Once a second: whoever does not keep up goes to pull mode, whoever does not read is cut off. */
  private inspect(): void {
    const { lag: most, queuedBytes } = this.limits;
    for (const socket of this.server.sockets.sockets.values()) {
      if (socket.data.queuedBytes > queuedBytes) {
        cut(socket.conn);
      } else if (socket.data.streaming) {
        const lag = this.feed.lagOf(socket.data.acked, most.graceMs);
        if (lag.sinceMs > most.ms || lag.bytes > most.bytes || lag.events > most.events) {
          this.pull(socket);
        }
      }
    }
    this.feed.forgetOlderThan(2 * most.ms);
  }

  private pull(socket: LiveSocket): void {
    socket.data.streaming = false;
    void socket.leave(ROOM);
    socket.emit('pull', { log: this.source.log, head: this.feed.position });
  }

  private pullAll(): void {
    for (const socket of this.server.sockets.sockets.values()) {
      if (socket.data.streaming) this.pull(socket);
    }
  }

  private heartbeat(): LiveHeartbeat {
    const { store, damage, staleSince } = this.source.condition();
    return {
      log: this.source.log,
      head: this.source.head(),
      projected: this.source.projected,
      store,
      ...(damage?.seq === undefined ? {} : { damagedFrom: damage.seq }),
      ...(staleSince === undefined ? {} : { staleSince }),
      time: new Date().toISOString(),
    };
  }

  /** Lets clients go in slices, so that another node is not met by all of them at once. */
  async drain(): Promise<void> {
    const sockets = [...this.server.sockets.sockets.values()];
    for (let from = 0; from < sockets.length; from += this.limits.drainSlice) {
      if (from > 0) await new Promise((resume) => setTimeout(resume, this.limits.drainPauseMs));
      for (const { conn, data } of sockets.slice(from, from + this.limits.drainSlice)) {
        // The transport is closed, not the session: clients then reconnect by themselves.
        if (data.queuedBytes > 0) cut(conn);
        else conn.close();
      }
    }
    for (const stop of this.stopListening) stop();
    for (const timer of this.timers) clearInterval(timer);
    this.feed.close();
  }
}
