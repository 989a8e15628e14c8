import { LEAF_PREFIX } from '@ceasewatch/tlog/leaf';

/** The bytes of one leaf at a time, in memory that is used again for the next. */
export class LeafBytes {
  #memory = Buffer.from(LEAF_PREFIX);
  #end = LEAF_PREFIX.length;

  constructor(leaf: string | Uint8Array = '') {
    this.put(leaf);
  }

  put(leaf: string | Uint8Array): void {
    this.#reserve(LEAF_PREFIX.length + leaf.length * MOST_BYTES_A_LETTER);
    if (typeof leaf === 'string') this.#end = this.#memory.write(leaf, LEAF_PREFIX.length);
    else {
      this.#memory.set(leaf, LEAF_PREFIX.length);
      this.#end = leaf.length;
    }
    this.#end += LEAF_PREFIX.length;
  }

  /** What is hashed: the leaf behind its prefix. Until the next one is put. */
  get hashed(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.buffer, this.#memory.byteOffset, this.#end);
  }

  /** Until the next one is put. */
  get leaf(): Uint8Array<ArrayBuffer> {
    return this.hashed.subarray(LEAF_PREFIX.length);
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#memory.length) return;
    this.#memory = Buffer.alloc(bytes * 2);
    this.#memory.set(LEAF_PREFIX);
  }
}

const MOST_BYTES_A_LETTER = 3;
