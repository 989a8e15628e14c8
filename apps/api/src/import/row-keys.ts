import { hash } from 'node:crypto';
import { ImportError } from './import-error.ts';

/**
 * Keys for rows that have none of their own: all their cells, and how many equal rows came before in
 * this file. So a row that legitimately stands twice is two observations, and the same file again
 * finds both. Of each row eight bytes of a digest and a count are kept, in tables of plain numbers;
 * they are many small ones, so that none takes long to grow.
 */
export class RowKeys {
  readonly #most: number;
  readonly #tables = Array.from({ length: TABLES }, () => new DigestTable());
  #known = 0;

  constructor(most = MOST_ROWS) {
    this.#most = most;
  }

  /** @throws ImportError `too_many_rows` */
  ofCells(cells: readonly string[]): readonly string[] {
    const digest = hash('sha256', JSON.stringify(cells), 'buffer');
    const ordinal = this.#tables[digest[0] ?? 0]?.countOne(
      digest.readUInt32LE(1),
      digest.readUInt32LE(5),
    );
    if (ordinal === 0) this.#known += 1;
    if (this.#known > this.#most) {
      throw new ImportError(
        'too_many_rows',
        `A table without a key has at most ${this.#most} rows; cut it and import its parts.`,
      );
    }
    return [...cells, `${ordinal}`];
  }
}

/** Some 100 MB of digests at most, and an hour of import. */
const MOST_ROWS = 4_000_000;
/** One for each value of a byte. */
const TABLES = 256;
const FIRST_SLOTS = 64;

/** Counts by digest, in slots that are searched one after the other; at most half of them are taken. */
class DigestTable {
  #low = new Uint32Array(FIRST_SLOTS);
  #high = new Uint32Array(FIRST_SLOTS);
  /** 0: the slot is free. */
  #counts = new Uint32Array(FIRST_SLOTS);
  #taken = 0;

  /** How often it was counted before. */
  countOne(low: number, high: number): number {
    const slot = this.#slotOf(low, high);
    const before = this.#counts[slot] ?? 0;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#counts[slot] = before + 1;
    if (before > 0) return before;
    this.#taken += 1;
    if (this.#taken * 2 > this.#counts.length) this.#grow();
    return 0;
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#counts.length - 1;
    let slot = low & mask;
    while (this.#counts[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [lows, highs, counts] = [this.#low, this.#high, this.#counts];
    this.#low = new Uint32Array(2 * counts.length);
    this.#high = new Uint32Array(2 * counts.length);
    this.#counts = new Uint32Array(2 * counts.length);
    for (const [from, count] of counts.entries()) {
      if (count === 0) continue;
      const [low = 0, high = 0] = [lows[from], highs[from]];
      const slot = this.#slotOf(low, high);
      this.#low[slot] = low;
      this.#high[slot] = high;
      this.#counts[slot] = count;
    }
  }
}
