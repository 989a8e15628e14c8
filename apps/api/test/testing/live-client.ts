import { once } from 'node:events';
import type { LiveFrame, LiveHeartbeat, LiveJoin, LiveJoined } from '@ceasewatch/api/contract/live';
import { type ClientOptions, type RawData, WebSocket } from 'ws';

/**
 * A client of the live feed on a bare websocket, written from docs/live-protocol.md and nothing else:
 * what this file cannot do by that page, no stranger's client can.
 */
export interface LiveEvents {
  frame?(frame: LiveFrame): void;
  heartbeat?(heartbeat: LiveHeartbeat): void;
  pull?(notice: { readonly log: string; readonly head: number }): void;
}

export class LiveClient {
  /** What no handler of `LiveEvents` took: it may be hours of it. */
  readonly frames: LiveFrame[] = [];
  readonly heartbeats: LiveHeartbeat[] = [];
  readonly pulls: { readonly log: string; readonly head: number }[] = [];
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<unknown>;
  readonly #socket: WebSocket;
  readonly #events: LiveEvents;
  readonly #answers = new Map<number, (answer: LiveJoined) => void>();
  #asked = 0;
  #connected: () => void = () => undefined;

  private constructor(socket: WebSocket, events: LiveEvents) {
    this.#socket = socket;
    this.#events = events;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    // An abrupt end is an end; who waits for more than that waits for `closed`.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#hear(textOf(data)));
  }

  /** @throws what `ws` throws when the upgrade is refused, with the status in its message */
  static async open(address: string, events: LiveEvents = {}, options: ClientOptions = {}) {
    const { host } = new URL(address);
    const url = `ws://${host}/live/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    const client = new LiveClient(socket, events);
    const connected = new Promise<void>((resolve) => (client.#connected = resolve));
    await once(socket, 'open');
    await Promise.race([connected, client.closed]);
    return client;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Resolves with the answer, or with undefined when the connection ends before. */
  async join(after: number, log?: string): Promise<LiveJoined | undefined> {
    const join: LiveJoin = { feed: 'shared', after, ...(log === undefined ? {} : { log }) };
    return this.ask(join);
  }

  /** A join that says anything at all. */
  async ask(join: object): Promise<LiveJoined | undefined> {
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<LiveJoined>((resolve) => this.#answers.set(id, resolve));
    this.say(`42${id}${JSON.stringify(['join', join])}`);
    return Promise.race([answered, this.closed.then(() => undefined)]);
  }

  ack(seq: number): void {
    this.say(`42${JSON.stringify(['ack', { seq }])}`);
  }

  /** Anything at all, as one message. */
  say(message: string | Uint8Array): void {
    if (this.isOpen) this.#socket.send(message);
  }

  /** A control frame of the websocket itself, of which the protocol knows nothing. */
  control(frame: 'ping' | 'pong'): void {
    if (this.isOpen) this.#socket[frame]();
  }

  /** Stops reading: what is sent from now on fills the buffers of both sides. */
  stopReading(): void {
    this.#socket.pause();
  }

  readOn(): void {
    this.#socket.resume();
  }

  async close(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }

  #hear(message: string): void {
    if (message.startsWith('0')) this.say('40');
    else if (message === '2') this.say('3');
    else if (message.startsWith('40')) this.#connected();
    else if (message.startsWith('43')) this.#answered(message);
    else if (message.startsWith('42')) this.#happened(JSON.parse(message.slice(2)));
  }

  #answered(message: string): void {
    const [, id, answer] = /^43(\d+)(.*)$/s.exec(message) ?? [];
    const [joined]: LiveJoined[] = JSON.parse(answer ?? '[]');
    if (joined !== undefined) this.#answers.get(Number(id))?.(joined);
  }

  #happened([name, told]: [keyof LiveEvents, never]): void {
    const handle = this.#events[name];
    if (handle !== undefined) return handle(told);
    switch (name) {
      case 'frame':
        this.frames.push(told);
        break;
      case 'heartbeat':
        this.heartbeats.push(told);
        break;
      case 'pull':
        this.pulls.push(told);
        break;
      default:
        name satisfies never;
    }
  }
}

/** A text frame as text; `ws` may hand it over in pieces. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString();
}
