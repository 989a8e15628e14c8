import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ownPort } from './own-port.ts';

/**
 * The network between a node and its store, for tests: it can refuse, swallow everything without a
 * word, break connections in mid-answer, or be slow.
 */
export class TcpProxy {
  readonly #target: () => number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #isHole = false;
  #isStalled = false;
  #delayMs = 0;

  private constructor(target: () => number) {
    this.#target = target;
    this.#server = createServer((near) => this.#join(near));
  }

  static async before(target: () => number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Connections that are open, from either side. */
  get sockets(): number {
    return this.#sockets.size;
  }

  /** Listens, again on the same port. */
  async accept(): Promise<void> {
    if (this.#server.listening) return;
    if (this.#port === 0) this.#port = await ownPort();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** From now on nobody listens, and what was connected is cut. */
  refuse(): void {
    this.#server.close();
    this.cut();
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.#sockets) {
      // One that is ending already cannot be reset, and would keep its handle for ever.
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  /** Connections stay, new ones come about, and nothing passes: half-open. */
  swallow(isHole: boolean): void {
    this.#isHole = isHole;
  }

  /** Nothing passes for a time, and nothing is lost: whoever sends fills the buffers of both sides. */
  stall(isStalled: boolean): void {
    this.#isStalled = isStalled;
    for (const socket of this.#sockets) {
      if (isStalled) socket.pause();
      else socket.resume();
    }
  }

  delay(ms: number): void {
    this.#delayMs = ms;
  }

  end(): void {
    this.refuse();
  }

  #join(near: Socket): void {
    const far = connect(this.#target(), '127.0.0.1');
    this.#carry(near, far);
    this.#carry(far, near);
  }

  #carry(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (bytes) => {
      if (this.#isHole) return;
      if (this.#delayMs === 0) to.write(bytes);
      else setTimeout(() => to.writable && to.write(bytes), this.#delayMs);
    });
    if (this.#isStalled) from.pause();
    // Whatever ends one side ends the other.
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
