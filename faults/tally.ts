import type { Tested } from './fault-promise.ts';

/** Counts what was tried, what broke, and what shows that something was tried. */
export class Tally {
  readonly #broken: string[] = [];
  readonly #witness: Record<string, number> = {};
  readonly #worst: Record<string, number> = {};
  times = 0;

  /** @param why a sentence where the promise was broken; undefined where it was kept */
  add(why?: string): void {
    this.times += 1;
    if (why !== undefined) this.#broken.push(why);
  }

  saw(what: string, count = 1): void {
    this.#witness[what] = (this.#witness[what] ?? 0) + count;
  }

  /** A measure, of which the largest is told and not the sum. */
  measured(what: string, value: number): void {
    this.#worst[what] = Math.max(this.#worst[what] ?? value, value);
  }

  get tested(): Tested {
    const [first] = this.#broken;
    return {
      times: this.times,
      broken: this.#broken.length,
      ...(first === undefined ? {} : { first }),
      witness: this.#witness,
      ...(Object.keys(this.#worst).length === 0 ? {} : { worst: this.#worst }),
    };
  }
}
