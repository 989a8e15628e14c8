import { Flaw, flawOf, OF_THE_FILE } from './flaw.ts';
import type { LogRow } from './log-row.ts';
import { chainAfter } from './verify-bytes.ts';

/** A number that no row has, and the chain before it. */
interface Gap {
  readonly seq: number;
  /** Undefined where it is not known, before the first event of a log. */
  readonly before: string | undefined;
}

/** Each is tried with each. */
const MOST_HELD = 64;

/**
 * Rows that stand under another number than their own. The chain proves where they belong: it goes on
 * through them there. So an event whose number somebody changed is told as that, and not as one that is missing
 * beside one that nobody knows.
 */
export class OutOfPlace {
  readonly #chainStart: (row: LogRow) => string;
  readonly #strays: LogRow[] = [];
  readonly #gaps: Gap[] = [];
  #more = 0;

  /** @param chainStart of the log that a first event opens, by what it says itself */
  constructor(chainStart: (row: LogRow) => string) {
    this.#chainStart = chainStart;
  }

  get isEmpty(): boolean {
    return this.#strays.length === 0 && this.#gaps.length === 0;
  }

  /** A row under a number that no event has: held until its place is found. */
  stray(row: LogRow): void {
    if (this.#strays.length < MOST_HELD) this.#strays.push(row);
    else this.#more += 1;
  }

  /** The row that belongs under a number, if it is one of those that were held. */
  takeFor(gap: Gap): LogRow | undefined {
    const at = this.#strays.findIndex((row) => this.#fits(gap, row));
    return at < 0 ? undefined : this.#strays.splice(at, 1)[0];
  }

  /** No row has this number so far. @returns whether it is told of at the end */
  gap(gap: Gap): boolean {
    if (this.#gaps.length === MOST_HELD) return false;
    this.#gaps.push(gap);
    return true;
  }

  /** The number that a row has to have, where it is one that was missed. */
  placeOf(row: LogRow): number | undefined {
    const at = this.#gaps.findIndex((gap) => this.#fits(gap, row));
    return at < 0 ? undefined : this.#gaps.splice(at, 1)[0]?.seq;
  }

  /** What is to be told of all that was held. */
  flaws(): readonly Flaw[] {
    const missing = this.#gaps.map(({ seq }) => missingAt(seq));
    const strays = this.#strays.map(({ seq }) => {
      const why = `a row stands under the number ${seq} and follows no event of this log`;
      return new Flaw(OF_THE_FILE, 'stray_event', why);
    });
    const why = `${this.#more} rows more stand under numbers that no event has`;
    return [
      ...missing,
      ...strays,
      ...(this.#more === 0 ? [] : [new Flaw(OF_THE_FILE, 'stray_event', why)]),
    ];
  }

  #fits({ seq, before }: Gap, row: LogRow): boolean {
    let start = before;
    // What the first event says of itself may be anything.
    const unread = seq === 0 ? flawOf(() => (start = this.#chainStart(row))) : undefined;
    if (unread !== undefined || start === undefined) return false;
    return chainAfter(start, row.leafHash) === row.chain;
  }
}

export function missingAt(seq: number): Flaw {
  return new Flaw(seq, 'missing_event', 'it is not in the log');
}
