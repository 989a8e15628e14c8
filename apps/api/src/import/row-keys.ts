import { hash } from 'node:crypto';
import { ImportError } from './import-error.ts';

/**
 * What identifies a row within its file. A row without a key of its own has all its cells for one, and
 * how many equal rows came before: so a row that legitimately stands twice is two observations, and the
 * same file again finds both. Of a row with a key it is known whether the file has said it before, and
 * whether it said the same. Of each row some bytes of a digest and a count are kept, in tables of plain
 * numbers; they are many small ones, so that none takes long to grow.
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
    const ordinal = this.#countOne(JSON.stringify(cells));
    if (ordinal === 0) this.#oneMore();
    return [...cells, `${ordinal}`];
  }

  /**
   * Whether the file has a row with this key already.
   *
   * @param content what the row says, in one text
   * @throws ImportError `too_many_rows`
   */
  before(key: readonly string[], content: string): 'no' | 'same' | 'other' {
    const rows = this.#countOne(JSON.stringify({ key, content }));
    if (this.#countOne(JSON.stringify({ key })) > 0) return rows > 0 ? 'same' : 'other';
    this.#oneMore();
    return 'no';
  }

  #countOne(text: string): number {
    const digest = hash('sha256', text, 'buffer');
    const [table = 0] = digest;
    return this.#tables[table]?.countOne(digest.readUInt32LE(1), digest.readUInt32LE(5)) ?? 0;
  }

  #oneMore(): void {
    this.#known += 1;
    if (this.#known <= this.#most) return;
    throw new ImportError(
      'too_many_rows',
      `A table has at most ${this.#most} rows; cut it and import its parts.`,
    );
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
