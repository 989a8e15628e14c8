import type { Bits } from './bits.ts';
import { OpenWords, type WordSegment } from './word-segment.ts';

/**
 * Its words are sealed in some tens of milliseconds; those of the open one are looked through for each
 * question.
 */
export const SEGMENT = 16_384;

/**
 * Which versions have a word in their text, by the beginning of the word: segments of so many places
 * each, of which the last one is open. What a text said that is erased goes with its whole segment, whose
 * texts are then told again.
 */
export class WordIndex {
  private readonly segments: WordSegment[] = [];
  private readonly places: number;
  private open: OpenWords;
  /** The segment that is open. */
  private number = 0;

  /** @param size of a segment, a multiple of 32; a test takes a small one */
  constructor(size = SEGMENT) {
    this.places = size;
    this.open = new OpenWords(size);
  }

  /** Texts come in the order of their places, and of one place at most one. */
  add(at: number, text: string): void {
    if (text === '') return;
    while (this.segmentOf(at) > this.number) {
      this.segments[this.number] = this.open.sealed();
      this.open = new OpenWords(this.places);
      this.number += 1;
    }
    this.open.add(at % this.places, text);
  }

  /** How many bits all segments have together. */
  get size(): number {
    return (this.number + 1) * this.places;
  }

  /** Sets the bits of the versions whose text has a word with this beginning: there are `size` of them. */
  mark(beginning: string, into: Bits): void {
    this.segments.forEach((segment, number) => segment.mark(beginning, into, this.wordOf(number)));
    this.open.mark(beginning, into, this.wordOf(this.number));
  }

  /** Forgets a segment and takes what its texts say now. */
  replace(number: number, texts: Iterable<readonly [at: number, text: string]>): void {
    const words = new OpenWords(this.places);
    for (const [at, text] of texts) if (text !== '') words.add(at % this.places, text);
    if (number === this.number) this.open = words;
    else if (number < this.number) this.segments[number] = words.sealed();
  }

  /** The segment in which a version lies. */
  segmentOf(at: number): number {
    return Math.floor(at / this.places);
  }

  private wordOf(segment: number): number {
    return (segment * this.places) / 32;
  }
}
