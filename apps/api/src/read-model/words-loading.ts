import type { DatabaseSync } from 'node:sqlite';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { ToldTexts } from '@ceasewatch/domain/situation/told-text';
import type { Projection, Texts } from './projection.ts';

/** A few milliseconds. */
const AT_A_TIME = 2_048;

/**
 * The words of all texts, read by the thread that has the columns once somebody searches or the log is long:
 * some at a time, so that questions about columns are answered between. Then they are carried on by what is
 * recorded, and by what is erased: that is read again.
 */
export class WordsLoading {
  readonly texts: ToldTexts;
  readonly #db: DatabaseSync;
  readonly #source: Texts | undefined;
  /** The last event that the columns know of, and the last one whose text was read. */
  #known: number;
  #read = -1;
  #isBegun = false;
  #isWhole = false;

  constructor(
    db: DatabaseSync,
    projections: readonly Projection[],
    texts: ToldTexts,
    known: number,
  ) {
    this.#db = db;
    this.#source = projections.find(({ texts }) => texts !== undefined)?.texts;
    this.texts = texts;
    this.#known = known;
  }

  /** @param whole called once all texts are read */
  begin(whole: () => void): void {
    this.#isBegun = true;
    this.#readOn();
    this.#isWhole = this.#read >= this.#known;
    if (this.#isWhole) whole();
    else setImmediate(() => this.begin(whole));
  }

  /** The columns know of these changes by now. */
  advance(changes: readonly Change[]): void {
    this.#known = Math.max(this.#known, changes.at(-1)?.seq ?? this.#known);
    if (!this.#isBegun) return;
    while (this.#isWhole && this.#read < this.#known) this.#readOn();
    for (const { subject, before, after } of changes) {
      if (before === null && after === null) this.#readAgain(subject);
    }
  }

  #readOn(): void {
    let [count, last] = [0, this.#read];
    const [first, known] = [this.#read + 1, this.#known];
    for (const text of this.#source?.between(this.#db, first, known, AT_A_TIME) ?? []) {
      this.texts.add(text);
      count += 1;
      last = text.seq;
    }
    this.#read = count === AT_A_TIME ? last : known;
  }

  /** Something of it was erased. */
  #readAgain(subject: string): void {
    const source = this.#source;
    if (source === undefined) return;
    this.texts.tellAgain(source.of(this.#db, subject), (first, last) =>
      source.between(this.#db, first, Math.min(last, this.#read), EVERY),
    );
  }
}

const EVERY = -1;
