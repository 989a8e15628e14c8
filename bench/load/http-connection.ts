import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * One kept connection that posts one report at a time: a bare socket, because Node's own client costs
 * as much processor time as the server that is measured.
 */
export interface Answer {
  readonly status: number;
  /** The lines before the body. */
  readonly head: string;
  readonly body: string;
}

export class HttpConnection {
  readonly #socket: Socket;
  readonly #host: string;
  #heard = '';
  #settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => this.#hear(String(chunk)));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('the server closed the connection')));
  }

  static async open(address: string): Promise<HttpConnection> {
    const { host, hostname, port } = new URL(address);
    const socket = connect({ port: Number(port), host: hostname, noDelay: true });
    await once(socket, 'connect');
    return new HttpConnection(socket, host);
  }

  post(body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(
        `POST /api/observations HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  /** The same for whoever cuts connections; undefined where this one was. */
  async postUnlessCut(body: string): Promise<Answer | undefined> {
    try {
      return await this.post(body);
    } catch (error) {
      if (!this.#socket.destroyed) throw error;
      return undefined;
    }
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #hear(chunk: string): void {
    this.#heard += chunk;
    const end = this.#heard.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = Number(/^content-length: (\d+)/im.exec(this.#heard)?.[1] ?? 0);
    const body = this.#heard.slice(end + 4);
    if (body.length < length) return;
    const [status, head] = [Number(this.#heard.slice(9, 12)), this.#heard.slice(0, end)];
    this.#heard = '';
    this.#settle?.resolve({ status, head, body });
  }
}
