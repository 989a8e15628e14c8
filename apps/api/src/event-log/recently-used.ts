/**
 * What was used last, by key, bounded. Two maps take turns: what is used goes into the younger, and when
 * that is full the older is dropped whole. A single map that forgets its oldest key one by one walks over
 * the places of all the keys it forgot before, which costs more than what is kept here saves.
 */
export class RecentlyUsed<Key, Value> {
  readonly #most: number;
  #younger = new Map<Key, Value>();
  #older = new Map<Key, Value>();

  /** @param most so many are kept at most; the last half of so many are kept for certain */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#younger.size + this.#older.size;
  }

  get(key: Key): Value | undefined {
    const young = this.#younger.get(key);
    if (young !== undefined) return young;
    const old = this.#older.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** An older value may stay behind: it is never met, because the younger map is asked first. */
  set(key: Key, value: Value): void {
    this.#younger.set(key, value);
    if (this.#younger.size * 2 < this.#most) return;
    this.#older = this.#younger;
    this.#younger = new Map();
  }

  delete(key: Key): void {
    this.#younger.delete(key);
    this.#older.delete(key);
  }

  clear(): void {
    this.#younger.clear();
    this.#older.clear();
  }
}
