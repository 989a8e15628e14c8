import { closeSync, openSync, readSync } from 'node:fs';
import { Flaw } from './flaw.ts';
import { LogFile } from './log-file.ts';
import { CannotRead, messageOf } from './log-row.ts';

/**
 * What somebody took out of the log earlier: an export as NDJSON, in which each event stands as its
 * canonical bytes on a line of its own, or a whole log (a data folder, a backup). From its first event on
 * every event of the log has to be the one that stands there, byte by byte, until it ends.
 */
const SQLITE = 'SQLite format 3\0';

export class EarlierCopy {
  readonly #name: string;
  readonly #leaves: Iterator<Uint8Array, unknown>;
  #next: Uint8Array | undefined;
  #compared = 0;

  /** @throws CannotRead */
  constructor(path: string) {
    this.#name = path;
    this.#leaves = leavesOf(path);
    this.#advance();
    if (this.#next === undefined) throw new CannotRead(`there is no event in ${path}`);
  }

  /** Events that were the same so far. */
  get compared(): number {
    return this.#compared;
  }

  /** @throws Flaw other_event */
  meet(seq: number, leaf: Uint8Array): void {
    if (this.#next === undefined) return;
    const isSame = Buffer.compare(leaf, this.#next) === 0;
    if (!isSame && this.#compared === 0 && idOf(leaf) !== idOf(this.#next)) return;
    const was = idOf(this.#next);
    this.#advance();
    this.#compared += 1;
    if (isSame) return;
    throw new Flaw(seq, 'other_event', `${this.#name} has other bytes here, of event ${was}`);
  }

  /** What the copy has and the log has not. */
  beyond(last: number): Flaw | undefined {
    if (this.#next === undefined) return undefined;
    const id = idOf(this.#next);
    return new Flaw(last + 1, 'other_event', `event ${id} of ${this.#name} is not in the log`);
  }

  #advance(): void {
    const step = this.#leaves.next();
    this.#next = step.done === true ? undefined : (step.value as Uint8Array);
  }
}

function* leavesOf(path: string): Generator<Uint8Array, void, void> {
  if (isText(path)) return yield* eventLines(path);
  const file = new LogFile(path);
  try {
    for (const { leaf } of file.links()) yield Buffer.from(leaf);
  } finally {
    file.close();
  }
}

/** Neither a folder nor a database. @throws CannotRead */
function isText(path: string): boolean {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const head = Buffer.alloc(SQLITE.length);
      readSync(descriptor, head);
      return head.toString('latin1') !== SQLITE;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EISDIR')
      return false;
    throw new CannotRead(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Lines that are events; a manifest or a dictionary in the same file is passed over. */
function* eventLines(path: string): Generator<Uint8Array, void, void> {
  for (const line of linesOf(path)) if (idOf(line) !== undefined) yield line;
}

const CHUNK = 1_048_576;
const LINE_END = 10;
const RETURN = 13;

function* linesOf(path: string): Generator<Uint8Array, void, void> {
  const descriptor = openSync(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const read = readSync(descriptor, chunk);
      if (read === 0) break;
      let text = Buffer.concat([rest, chunk.subarray(0, read)]);
      for (let end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END)) {
        yield text.subarray(0, text[end - 1] === RETURN ? end - 1 : end);
        text = text.subarray(end + 1);
      }
      rest = text;
    }
    if (rest.length > 0) yield rest;
  } finally {
    closeSync(descriptor);
  }
}

/** The id of what says that it is an event of ours; undefined of anything else. */
function idOf(bytes: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('specversion' in value) || !('id' in value)) return undefined;
    return String(value.id);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
