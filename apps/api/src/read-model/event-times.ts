import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** When each event was recorded, by its number: the running maximum of `time`, milliseconds since 1970. */
export class EventTimes {
  readonly #after: StatementSync;
  #reached = new Float64Array(1_024);
  #length = 0;

  constructor(db: DatabaseSync) {
    this.#after = db.prepare('SELECT reached FROM event WHERE seq >= ? AND seq <= ? ORDER BY seq');
    this.#after.setReturnArrays(true);
  }

  /** Those up to an event, at least. */
  upTo(seq: number): Float64Array {
    if (seq < this.#length) return this.#reached;
    if (seq >= this.#reached.length) {
      const larger = new Float64Array(Math.max(seq + 1, this.#reached.length * 2));
      larger.set(this.#reached);
      this.#reached = larger;
    }
    for (const row of this.#after.iterate(this.#length, seq)) {
      this.#reached[this.#length] = Number(firstOf(row));
      this.#length += 1;
    }
    return this.#reached;
  }
}

/** The statement returns arrays. */
function firstOf(row: unknown): unknown {
  return (row as readonly unknown[])[0];
}
