import { performance } from 'node:perf_hooks';
import type { RequestHandler } from 'express';

/** What passes the door: requests under way (a node that stops waits for them) and how they ended. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export interface Durations {
  readonly buckets: readonly (readonly [upToS: number, requests: number])[];
  readonly sumS: number;
  readonly requests: number;
}

export class Traffic {
  underWay = 0;
  /** Answers tell the client to come back on another connection. */
  draining = false;
  readonly answered = new Map<string, number>();
  readonly #counts = new Float64Array(BUCKETS_S.length + 1);
  #sumS = 0;

  /** How long submissions took, from the last byte of the head to the last byte of the answer. */
  get submissions(): Durations {
    let requests = 0;
    const buckets = BUCKETS_S.map((upToS, at) => {
      requests += this.#counts[at] ?? 0;
      return [upToS, requests] as const;
    });
    return {
      buckets,
      sumS: this.#sumS,
      requests: requests + (this.#counts[BUCKETS_S.length] ?? 0),
    };
  }

  watch(): RequestHandler {
    return (request, response, next) => {
      const began = performance.now();
      const { method } = request;
      this.underWay += 1;
      if (this.draining) response.setHeader('Connection', 'close');
      response.once('close', () => {
        this.underWay -= 1;
        const name = `${method} ${Math.floor(response.statusCode / 100)}xx`;
        this.answered.set(name, (this.answered.get(name) ?? 0) + 1);
        if (method === 'POST') this.#took((performance.now() - began) / 1000);
      });
      next();
    };
  }

  #took(seconds: number): void {
    this.#sumS += seconds;
    const found = BUCKETS_S.findIndex((upTo) => seconds <= upTo);
    const at = found === -1 ? BUCKETS_S.length : found;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }
}
