/**
 * Numbers subjects in the order in which they are met. Of a million streams a map of texts would take a
 * quarter of a gigabyte; here an id is the 16 bytes that it stands for, found by open addressing.
 */
const FIRST_CAPACITY = 1_024;
const WORDS = 4;
/** `noun/` and a UUID as it is written. */
const UUID = /^[a-z-]+\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ID_LETTERS = 36;
const HYPHEN = 0x2d;

export class SubjectNumbers {
  #length = 0;
  /** Four words of the id and the number of its noun, by the subject's number. */
  #ids = new Uint32Array(FIRST_CAPACITY * WORDS);
  #nouns = new Uint16Array(FIRST_CAPACITY);
  /** Number of a subject plus one, 0 for none; twice as many as there may be subjects. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2);
  readonly #nounNumbers = new Map<string, number>();
  /** Subjects without a UUID, of which there are none in a log that this program wrote. */
  readonly #others = new Map<string, number>();
  readonly #asked = new Uint32Array(WORDS);

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** The subject's number, a new one where it is met for the first time. */
  of(subject: string): number {
    if (!UUID.test(subject)) return this.#numberOfOther(subject);
    const begin = subject.length - ID_LETTERS;
    const noun = this.#nounOf(subject.slice(0, begin));
    readId(subject, begin, this.#asked);
    let slot = this.#firstSlot(this.#asked, 0);
    for (let held = this.#slots[slot] ?? 0; held !== 0; held = this.#slots[slot] ?? 0) {
      if (this.#nouns[held - 1] === noun && this.#isAsked(held - 1)) return held - 1;
      slot = (slot + 1) % this.#slots.length;
    }
    const number = this.#next();
    this.#ids.set(this.#asked, number * WORDS);
    this.#nouns[number] = noun;
    this.#file(number);
    return number;
  }

  #numberOfOther(subject: string): number {
    const known = this.#others.get(subject);
    if (known !== undefined) return known;
    const number = this.#next();
    this.#others.set(subject, number);
    return number;
  }

  #nounOf(noun: string): number {
    const known = this.#nounNumbers.get(noun);
    if (known !== undefined) return known;
    // Zero is of what has no id.
    const number = this.#nounNumbers.size + 1;
    this.#nounNumbers.set(noun, number);
    return number;
  }

  #next(): number {
    if (this.#length === this.#nouns.length) this.#grow();
    this.#length += 1;
    return this.#length - 1;
  }

  #grow(): void {
    const capacity = this.#nouns.length * 2;
    this.#ids = longer(new Uint32Array(capacity * WORDS), this.#ids);
    this.#nouns = longer(new Uint16Array(capacity), this.#nouns);
    this.#slots = new Uint32Array(capacity * 2);
    for (let number = 0; number < this.#length; number += 1) {
      if (this.#nouns[number] !== 0) this.#file(number);
    }
  }

  #file(number: number): void {
    let slot = this.#firstSlot(this.#ids, number * WORDS);
    while (this.#slots[slot] !== 0) slot = (slot + 1) % this.#slots.length;
    this.#slots[slot] = number + 1;
  }

  #isAsked(number: number): boolean {
    for (let word = 0; word < WORDS; word += 1) {
      if (this.#ids[number * WORDS + word] !== this.#asked[word]) return false;
    }
    return true;
  }

  /** Ids of one minute differ in their last words only. */
  #firstSlot(ids: Uint32Array, at: number): number {
    let mixed = 0;
    for (let word = 0; word < WORDS; word += 1) {
      mixed = Math.imul(mixed ^ (ids[at + word] ?? 0), 0x9e37_79b1);
      mixed ^= mixed >>> 15;
    }
    return (mixed >>> 0) % this.#slots.length;
  }
}

function readId(text: string, begin: number, into: Uint32Array): void {
  let word = 0;
  let letters = 0;
  for (let at = begin; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === HYPHEN) continue;
    word = (word << 4) | (code < 0x3a ? code - 0x30 : code - 0x57);
    letters += 1;
    if (letters % 8 === 0) into[letters / 8 - 1] = word;
  }
}

function longer<Column extends Uint32Array | Uint16Array>(to: Column, from: Column): Column {
  to.set(from);
  return to;
}
