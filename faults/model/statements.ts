import { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * What lies on a disk changes only while SQLite carries out a statement: so the instants at which a
 * process can die are told apart by the statement that it did not come to any more. This counts those of
 * this thread, whatever the connection, and does something before a given one.
 */
export class Statements {
  readonly #restore: (() => void)[] = [];
  #left = Number.POSITIVE_INFINITY;
  #then: () => void = () => undefined;
  #given = 0;

  constructor() {
    for (const name of ['run', 'get', 'all', 'iterate'] as const) {
      this.#watch(StatementSync.prototype, name);
    }
    this.#watch(DatabaseSync.prototype, 'exec');
  }

  /** Since the last call of `before`. */
  get given(): number {
    return this.#given;
  }

  /** Before the n-th statement from now; an earlier wish is forgotten. */
  before(n: number, then: () => void): void {
    [this.#left, this.#then, this.#given] = [n, then, 0];
  }

  /** What was wished for is done no more. */
  forget(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  restore(): void {
    for (const each of this.#restore) each();
  }

  #watch<Name extends string, Of extends Record<Name, (...args: never[]) => unknown>>(
    prototype: Of,
    name: Name,
  ): void {
    const own = Object.getOwnPropertyDescriptor(prototype, name);
    const carryOut = prototype[name];
    const next = (): void => this.#next();
    Object.defineProperty(prototype, name, {
      ...own,
      value(this: Of, ...args: never[]) {
        next();
        return carryOut.apply(this, args);
      },
    });
    this.#restore.push(() => Object.defineProperty(prototype, name, own ?? {}));
  }

  #next(): void {
    this.#given += 1;
    if (this.#given === this.#left) this.#then();
  }
}
