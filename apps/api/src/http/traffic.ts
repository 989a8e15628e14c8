import { performance } from 'node:perf_hooks';
import type { Request, RequestHandler } from 'express';
import { Places } from './places.ts';
import { RequestError } from './request-error.ts';
import { WaitingRoom } from './waiting-room.ts';

/**
 * What passes the door: requests under way (a node that stops waits for them) and how they ended, and
 * the tables that some of them carry in.
 */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** A histogram of seconds. */
export class Durations {
  readonly #counts = new Float64Array(BUCKETS_S.length + 1);
  sumS = 0;
  requests = 0;

  add(seconds: number): void {
    this.sumS += seconds;
    this.requests += 1;
    const found = BUCKETS_S.findIndex((upTo) => seconds <= upTo);
    const at = found === -1 ? BUCKETS_S.length : found;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** How many took so long at most. */
  get buckets(): readonly (readonly [upToS: number, requests: number])[] {
    let requests = 0;
    return BUCKETS_S.map((upToS, at) => {
      requests += this.#counts[at] ?? 0;
      return [upToS, requests] as const;
    });
  }
}

/** Each has a thread and lies on the disk until it is carried in; more would crowd out everybody's reports. */
const MOST_TABLES = 4;
/** A table is carried in within seconds or minutes. */
const TABLES_RETRY_AFTER_S = 30;

export class Traffic {
  underWay = 0;
  readonly room = new WaitingRoom();
  /** Tables being carried in. */
  readonly tables = new Places(MOST_TABLES, tooManyTables);
  /** Their rows between reading and recording. */
  tableRows = 0;
  /** Answers tell the client to come back on another connection. */
  draining = false;
  readonly answered = new Map<string, number>();
  /** How long what was recorded took, by route: from the last byte of the head to that of the answer. */
  readonly submissions = new Map<string, Durations>();

  watch(): RequestHandler {
    return (request, response, next) => {
      const began = performance.now();
      const { method } = request;
      this.underWay += 1;
      if (this.draining) response.setHeader('Connection', 'close');
      response.once('close', () => {
        this.underWay -= 1;
        this.count(method, response.statusCode);
        // What was refused, or is no report at all, would make recording look faster or slower than it is.
        const route = method === 'POST' && response.statusCode < 300 && routeOf(request);
        if (route !== false && route !== undefined) {
          this.#took(route, (performance.now() - began) / 1000);
        }
      });
      next();
    };
  }

  /** One more request was answered with this status. */
  count(method: string, status: number): void {
    const name = `${method} ${Math.floor(status / 100)}xx`;
    this.answered.set(name, (this.answered.get(name) ?? 0) + 1);
  }

  #took(route: string, seconds: number): void {
    let durations = this.submissions.get(route);
    if (durations === undefined) this.submissions.set(route, (durations = new Durations()));
    durations.add(seconds);
  }
}

function tooManyTables(): RequestError {
  const said = `${MOST_TABLES} tables are being carried in already.`;
  return new RequestError('overloaded', 'too_many_tables', said, TABLES_RETRY_AFTER_S);
}

/** The pattern of the route, not the path: there are few of them, and ids would be without end. */
function routeOf({ route }: Request): string | undefined {
  return isRoute(route) ? route.path : undefined;
}

/** Express leaves what it matched untyped, and leaves it out where nothing matched. */
function isRoute(route: unknown): route is { readonly path: string } {
  return (
    typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string'
  );
}
