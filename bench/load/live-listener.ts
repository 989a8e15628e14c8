import { type RawData, WebSocket } from 'ws';

/**
 * A dashboard that only notes when it heard of which event: docs/live-protocol.md on a bare websocket.
 * It reads the head of a frame and not its rows, so that a thousand of them fit beside the server.
 */
const FRAME = /^42\["frame",\{"log":"[^"]*","feed":"shared","prev":(-?\d+),"seq":(\d+)/;
const ACKNOWLEDGE_MS = 1_000;
/** At the latest after so many: well under the 256 KiB that a client may leave unacknowledged. */
const ACKNOWLEDGE_EVENTS = 100;

export class LiveListener {
  readonly heardAt = new Map<number, number>();
  position: number;
  pulls = 0;
  #acknowledged = 0;
  readonly #socket: WebSocket;
  readonly #acknowledging: NodeJS.Timeout;

  private constructor(socket: WebSocket, position: number, joined: () => void) {
    this.#socket = socket;
    this.position = position;
    socket.on('message', (data) => this.#hear(textOf(data), joined));
    this.#acknowledging = setInterval(() => this.#acknowledge(), ACKNOWLEDGE_MS);
  }

  /** Joins at the head; resolves once the node has said that it is live. */
  static async join(address: string): Promise<LiveListener> {
    const answer = await (await fetch(`${address}/api/changes?after=0&limit=1`)).text();
    const { head }: { head: number } = JSON.parse(answer);
    return new Promise((resolve, reject) => {
      const { host } = new URL(address);
      const socket = new WebSocket(`ws://${host}/live/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
      });
      socket.once('error', reject);
      const listener = new LiveListener(socket, head, () => resolve(listener));
    });
  }

  forget(): void {
    this.heardAt.clear();
  }

  close(): void {
    clearInterval(this.#acknowledging);
    this.#socket.terminate();
  }

  #hear(message: string, joined: () => void): void {
    const now = performance.now();
    const frame = FRAME.exec(message);
    if (frame !== null) this.#frame(Number(frame[1]), Number(frame[2]), now);
    else if (message.startsWith('0')) this.#say('40');
    else if (message === '2') this.#say('3');
    else if (message.startsWith('40'))
      this.#say(`421["join",{"feed":"shared","after":${this.position}}]`);
    else if (message.startsWith('431[{"answer":"live"')) joined();
    else if (message.startsWith('42["pull"')) this.pulls += 1;
  }

  #frame(prev: number, seq: number, now: number): void {
    if (prev !== this.position) throw new Error(`a gap: ${prev} after ${this.position}`);
    for (let each = prev + 1; each <= seq; each += 1) this.heardAt.set(each, now);
    this.position = seq;
    if (seq - this.#acknowledged >= ACKNOWLEDGE_EVENTS) this.#acknowledge();
  }

  #acknowledge(): void {
    this.#acknowledged = this.position;
    this.#say(`42["ack",{"seq":${this.position}}]`);
  }

  #say(message: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
  }
}

/** A text frame as text; `ws` may hand it over in pieces. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString();
}
