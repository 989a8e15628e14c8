import { addBits, type Bits, ReusedBits, hasBit, keepCommon, setFirst, setBit } from './bits.ts';
import type { ColumnConditions } from './column-conditions.ts';
import type { SituationColumns } from './situation-columns.ts';
import type { TextWord } from './text-query.ts';
import { SEGMENT, WordIndex } from './word-index.ts';

/** What the version says that an event began, its words folded and parted by single spaces. */
export interface ToldText {
  readonly seq: number;
  /** The name of a place that the map does not have. */
  readonly place: string;
  readonly narrative: string;
}

/** A word of free text, and the versions that it names by number or id, by the events that began them. */
export interface AskedWord {
  readonly word: TextWord;
  readonly named: Iterable<number>;
}

/**
 * The words of all versions in segments beside their columns, and which versions free text finds by them
 * and by the names of the centre. Texts are told in the order of their events.
 */
export class ToldTexts {
  private readonly columns: SituationColumns;
  private readonly conditions: ColumnConditions;
  private readonly segment: number;
  private readonly places: WordIndex;
  private readonly narratives: WordIndex;
  private readonly all = new ReusedBits();
  private readonly one = new ReusedBits();
  private readonly told = new ReusedBits();

  /** @param segment versions whose words are kept together; a test takes few */
  constructor(columns: SituationColumns, conditions: ColumnConditions, segment = SEGMENT) {
    this.columns = columns;
    this.conditions = conditions;
    this.segment = segment;
    this.places = new WordIndex(segment);
    this.narratives = new WordIndex(segment);
  }

  /** Texts of events that began no version, or one that says what another said, are passed over. */
  add({ seq, place, narrative }: ToldText): void {
    const at = this.ownPlace(seq);
    if (at === undefined) return;
    this.places.add(at, place);
    this.narratives.add(at, narrative);
  }

  /**
   * The texts of the versions around those that some events began are told again: something in them was
   * erased.
   *
   * @param read what the texts of the events from one to another, both included, are now
   */
  tellAgain(
    events: readonly number[],
    read: (first: number, last: number) => Iterable<ToldText>,
  ): void {
    const { from, length } = this.columns;
    const places = events.flatMap((seq) => this.columns.placeOf(seq) ?? []);
    for (const segment of new Set(places.map((at) => this.places.segmentOf(at)))) {
      const first = from[segment * this.segment] ?? 0;
      const last = from[Math.min((segment + 1) * this.segment, length) - 1] ?? 0;
      const texts = [...read(first, last)].flatMap((text) => {
        const at = this.ownPlace(text.seq);
        return at === undefined ? [] : [{ at, ...text }];
      });
      this.places.replace(
        segment,
        texts.map(({ at, place }) => [at, place] as const),
      );
      this.narratives.replace(
        segment,
        texts.map(({ at, narrative }) => [at, narrative] as const),
      );
    }
  }

  /**
   * The versions that have all the words, of whatever moment, until others are asked for.
   *
   * @param narrative whether narratives are searched too
   */
  find(words: readonly AskedWord[], narrative: boolean): Bits {
    const { length } = this.columns;
    const [all, one] = [this.all.of(length), this.one.of(length)];
    setFirst(all, length);
    for (const word of words) {
      this.markWord(word, narrative, one);
      keepCommon(all, one);
    }
    return all;
  }

  private markWord({ word, named }: AskedWord, narrative: boolean, bits: Bits): void {
    const { columns, conditions } = this;
    if (word.word === '') bits.fill(0);
    else this.markTelling(word.word, narrative, bits);
    const byName = [
      conditions.ofWords('unit', word.units),
      conditions.ofWords('officer', word.officers),
      conditions.ofWords('sector', word.areas),
      conditions.ofWords('feature', word.areas),
    ];
    for (const found of byName) if (found !== undefined) addBits(bits, found);
    for (const box of word.boxes) addBits(bits, conditions.inBox(box));
    for (const seq of named) {
      const at = columns.placeOf(seq);
      if (at !== undefined) setBit(bits, at);
    }
  }

  /** What is typed may be several words to those who fold it: each has to begin one of the text. */
  private markTelling(word: string, narrative: boolean, bits: Bits): void {
    const { columns, places, narratives } = this;
    setFirst(bits, columns.length);
    const told = this.told.of(Math.max(columns.length, places.size, narratives.size));
    for (const part of word.split(' ')) {
      told.fill(0);
      places.mark(part, told);
      if (narrative) narratives.mark(part, told);
      keepCommon(bits, told);
    }
    for (const [at, before] of columns.unaltered) if (hasBit(bits, before)) setBit(bits, at);
  }

  private ownPlace(seq: number): number | undefined {
    const at = this.columns.placeOf(seq);
    return at === undefined || this.columns.unaltered.has(at) ? undefined : at;
  }
}
