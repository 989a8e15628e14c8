import { setTimeout as pause } from 'node:timers/promises';
import { HttpConnection } from '../bench/load/http-connection.ts';
import { epochMs } from './epoch-ms.ts';
import type { Orders } from './model/orders.ts';
import type { Tally } from './tally.ts';

/** Many who report at once, over kept connections, and what became of each report. */
export interface Accepted {
  readonly seq: number;
  /** When its receipt came, as `epochMs` says it. */
  readonly at: number;
}

/** Opened so many at a time, as a proxy would. */
const AT_A_TIME = 20;
const OPENED_EVERY_MS = 20;

export class Crowd {
  readonly accepted = new Map<string, Accepted>();
  /** From the request to the receipt. */
  readonly tookMs: number[] = [];
  refused = 0;
  /** Due while every connection still waited for an answer. */
  notSent = 0;
  readonly #address: string;
  readonly #orders: Orders;
  readonly #tally: Tally;
  readonly #free: HttpConnection[] = [];

  constructor(address: string, orders: Orders, tally: Tally) {
    this.#address = address;
    this.#orders = orders;
    this.#tally = tally;
  }

  async open(connections: number): Promise<void> {
    while (this.#free.length < connections) {
      const few = Math.min(AT_A_TIME, connections - this.#free.length);
      const opening = Array.from({ length: few }, () => HttpConnection.open(this.#address));
      this.#free.push(...(await Promise.all(opening)));
      await pause(OPENED_EVERY_MS);
    }
  }

  /** Every connection sends the next report once the one before is answered. */
  async repeat(ms: number): Promise<void> {
    const until = performance.now() + ms;
    const sending = this.#free.splice(0).map(async (connection) => {
      let last: HttpConnection | undefined = connection;
      while (last !== undefined && performance.now() < until) last = await this.#report(last);
      if (last !== undefined) this.#free.push(last);
    });
    await Promise.all(sending);
  }

  /** Sends at an even pace, however the node fares. */
  async send(perSecond: number, ms: number): Promise<void> {
    const began = performance.now();
    const sending: Promise<void>[] = [];
    for (let sent = 0, past = 0; past < ms; past = performance.now() - began) {
      for (const due = Math.floor((past * perSecond) / 1_000); sent < due; sent += 1) {
        const connection = this.#free.pop();
        if (connection === undefined) this.notSent += 1;
        else sending.push(this.#reportAndReturn(connection));
      }
      await pause(1);
    }
    await Promise.all(sending);
  }

  close(): void {
    for (const connection of this.#free.splice(0)) connection.close();
  }

  async #reportAndReturn(connection: HttpConnection): Promise<void> {
    const kept = await this.#report(connection);
    if (kept !== undefined) this.#free.push(kept);
  }

  /** The connection, as long as it is kept. */
  async #report(connection: HttpConnection): Promise<HttpConnection | undefined> {
    const { id, body } = this.#orders.report();
    const began = performance.now();
    const answer = await connection.postUnlessCut(JSON.stringify(body));
    if (answer === undefined) {
      this.#tally.add('a connection was cut without an answer');
      return undefined;
    }
    const { status, head } = answer;
    if (status === 201) {
      this.tookMs.push(performance.now() - began);
      this.accepted.set(id, { seq: JSON.parse(answer.body).seq, at: epochMs() });
    } else if ((status === 429 || status === 503) && /^retry-after: \d+/im.test(head)) {
      this.refused += 1;
    } else {
      this.#tally.add(`answered ${status} ${answer.body}`);
    }
    return connection;
  }
}
