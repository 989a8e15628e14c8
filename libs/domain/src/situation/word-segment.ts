import { addBits, type Bits, countBits, noBits, setBit } from './bits.ts';

/**
 * The words of some thousand texts that follow one another, and which of the texts have them. Places are
 * told from the first of the segment.
 */
export interface WordSegment {
  /** Sets the bits of the texts that have a word with this beginning, from a word of the bits on. */
  mark(beginning: string, into: Bits, from: number): void;
}

/** A segment that is not full yet: places are gathered by word. */
export class OpenWords implements WordSegment {
  private readonly places = new Map<string, number[]>();
  private readonly size: number;

  /** @param size how many places it has */
  constructor(size: number) {
    this.size = size;
  }

  /** Texts come in the order of their places. */
  add(place: number, text: string): void {
    for (const word of text.split(' ')) {
      const known = this.places.get(word);
      if (known === undefined) this.places.set(word, [place]);
      else if (known.at(-1) !== place) known.push(place);
    }
  }

  mark(beginning: string, into: Bits, from: number): void {
    for (const [word, places] of this.places) {
      if (!word.startsWith(beginning)) continue;
      for (const place of places) setBit(into, from * 32 + place);
    }
  }

  /** What is gathered, in a few arrays. */
  sealed(): SealedWords {
    return new SealedWords(this.places, this.size);
  }
}

/** One bit for each text takes less room than the places of those that have a word, once so many have it. */
const PLACE_BITS = 16;

/** For good, in a few arrays: words in order, so that those with a common beginning lie beside each other. */
class SealedWords implements WordSegment {
  private readonly size: number;
  /** All words in order, one behind the other. */
  private readonly words: string;
  /** Where each word begins in `words`, and its places in `places`; one more than there are words. */
  private readonly wordAt: Uint32Array;
  private readonly placesAt: Uint32Array;
  private readonly places: Uint16Array;
  /** Words that most texts have, by number. */
  private readonly dense = new Map<number, Bits>();
  /** Texts by the first letters of their words: many words, and the first that somebody types. */
  private readonly letters = new Map<string, Bits>();

  constructor(gathered: ReadonlyMap<string, readonly number[]>, size: number) {
    this.size = size;
    // As `<` has them, whatever the language.
    const words = [...gathered.keys()].toSorted();
    this.words = words.join('');
    this.wordAt = new Uint32Array(words.length + 1);
    this.placesAt = new Uint32Array(words.length + 1);
    let sparse = 0;
    for (const places of gathered.values()) sparse += this.isDense(places) ? 0 : places.length;
    this.places = new Uint16Array(sparse);
    words.forEach((word, number) => {
      const places = gathered.get(word) ?? [];
      this.wordAt[number + 1] = (this.wordAt[number] ?? 0) + word.length;
      this.placesAt[number + 1] = (this.placesAt[number] ?? 0) + this.keep(number, places);
    });
    this.keepLetters(words);
  }

  mark(beginning: string, into: Bits, from: number): void {
    const letter = this.letters.get(beginning);
    if (letter === undefined) this.markWords(beginning, into, from);
    else addBits(into, letter, from);
  }

  private markWords(beginning: string, into: Bits, from: number): void {
    const { placesAt, places, dense } = this;
    const first = this.firstNotBefore(beginning);
    let end = first;
    while (end < placesAt.length - 1 && this.begins(end, beginning)) {
      const bits = dense.get(end);
      if (bits !== undefined) addBits(into, bits, from);
      end += 1;
    }
    const last = placesAt[end] ?? 0;
    for (let at = placesAt[first] ?? 0; at < last; at += 1)
      setBit(into, from * 32 + (places[at] ?? 0));
  }

  private keepLetters(words: readonly string[]): void {
    for (const letter of new Set(words.map((word) => word.charAt(0)))) {
      const bits = noBits(this.size);
      this.markWords(letter, bits, 0);
      if (countBits(bits) * PLACE_BITS > this.size) this.letters.set(letter, bits);
    }
  }

  /** How many of `places` it takes. */
  private keep(number: number, places: readonly number[]): number {
    if (!this.isDense(places)) {
      this.places.set(places, this.placesAt[number]);
      return places.length;
    }
    const bits = noBits(this.size);
    for (const place of places) setBit(bits, place);
    this.dense.set(number, bits);
    return 0;
  }

  private isDense(places: readonly number[]): boolean {
    return places.length * PLACE_BITS > this.size;
  }

  private firstNotBefore(beginning: string): number {
    let low = 0;
    let high = this.wordAt.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBefore(middle, beginning)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Letter by letter: a word cut out for each look would be thousands a question. */
  private isBefore(number: number, beginning: string): boolean {
    const { words, wordAt } = this;
    const at = wordAt[number] ?? 0;
    const length = (wordAt[number + 1] ?? 0) - at;
    for (let letter = 0; letter < beginning.length; letter += 1) {
      if (letter === length) return true;
      const difference = words.charCodeAt(at + letter) - beginning.charCodeAt(letter);
      if (difference !== 0) return difference < 0;
    }
    return false;
  }

  private begins(number: number, beginning: string): boolean {
    const at = this.wordAt[number] ?? 0;
    const end = this.wordAt[number + 1] ?? 0;
    return end - at >= beginning.length && this.words.startsWith(beginning, at);
  }
}
