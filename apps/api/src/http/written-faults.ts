import type { ProblemCode } from '../contract/problem.ts';

/**
 * What nobody outside may read, on standard error: one line of JSON for each answer of 500 and above, with
 * the number that the client was given. A condition that passes and that the client is told of, such as a
 * store that is away, is a warning in one sentence; a fault has its stack and every cause down to the
 * first. Either fails every request alike, so of each code a few lines in ten seconds are written, and how
 * many were not.
 */
export interface Fault {
  readonly instance: string;
  readonly code: ProblemCode;
  /** Method and path, without the query, which may hold a name. */
  readonly request: string;
  readonly error: unknown;
}

/** What a node is built to live through: who runs it looks at its health, not at its code. */
const CONDITIONS: ReadonlySet<ProblemCode> = new Set([
  'overloaded',
  'store_unavailable',
  'storage_full',
]);

/** A fault that comes with every request is written a few times and then counted: standard error is not to fill a disk. */
const WINDOW_MS = 10_000;
const LINES_A_WINDOW = 5;
/** Causes have causes, and a chain of them can bite its tail. */
const MOST_CAUSES = 8;

interface Window {
  readonly began: number;
  written: number;
  left: number;
}

export class WrittenFaults {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #windows = new Map<ProblemCode, Window>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(write: (line: string) => void, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  write({ instance, code, request, error }: Fault): void {
    const now = this.#now();
    let window = this.#windows.get(code);
    const notWritten = window?.left ?? 0;
    if (window === undefined || now - window.began >= WINDOW_MS) {
      window = { began: now, written: 0, left: 0 };
      this.#windows.set(code, window);
    }
    if (window.written >= LINES_A_WINDOW) {
      window.left += 1;
      return;
    }
    window.written += 1;
    const isCondition = CONDITIONS.has(code);
    const line = {
      time: new Date().toISOString(),
      level: isCondition ? 'warn' : 'error',
      instance,
      code,
      request,
      error: withCauses(error, isCondition ? sentenceOf : stackOf),
      ...(window.written === 1 && notWritten > 0 ? { notWritten } : {}),
    };
    this.#write(`${JSON.stringify(line)}\n`);
  }
}

function withCauses(error: unknown, textOf: (error: unknown) => string): string {
  const told: string[] = [];
  for (let each = error; told.length < MOST_CAUSES && each !== undefined; each = causeOf(each)) {
    told.push(textOf(each));
  }
  return told.join('\nCaused by: ');
}

function stackOf(error: unknown): string {
  const isThrown = typeof error === 'object' && error !== null;
  return isThrown && 'stack' in error && typeof error.stack === 'string'
    ? error.stack
    : sentenceOf(error);
}

/** Errors of node:sqlite are of another realm under jest, so `instanceof` would miss them. */
function sentenceOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  return 'message' in error ? String(error.message) : JSON.stringify(error);
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}
