/** What tells which version was before one of the same observation. */
interface Chains {
  previousOf(at: number): number | undefined;
}

/** Sums for more words than these are not kept: a pass over the columns counts them. */
const MOST_WORDS = 1_024;
const INITIAL = 16;

/**
 * How many observations stand as of any event, by a small number that every version has in one column (its
 * kind, its unit): the sums before every span, and a look at what began since. The event that ends a version
 * begins the next one, so that whoever goes through the beginnings meets the ends too.
 */
export class StandingWords {
  private readonly span: number;
  private readonly chains: Chains;
  private readonly wordOf: (at: number) => number | undefined;
  private now = new Int32Array(INITIAL);
  private readonly beforeSpan: Int32Array[] = [];
  private isCounting = true;

  /** @param wordOf the number of a version in the column; undefined for one that takes its report back */
  constructor(span: number, chains: Chains, wordOf: (at: number) => number | undefined) {
    this.span = span;
    this.chains = chains;
    this.wordOf = wordOf;
  }

  /** A version begins, and the one before of the same observation ends; places come in order. */
  begins(at: number, previous: number | undefined): void {
    if (!this.isCounting) return;
    if (at % this.span === 0) this.beforeSpan.push(this.now.slice());
    this.add(this.wordOf(at), 1);
    if (previous !== undefined) this.add(this.wordOf(previous), -1);
  }

  /**
   * How many stand that have one of the words.
   *
   * @param end how many versions had begun as of the event
   * @param wanted one entry a word, 1 where it is asked; all words where there is none
   * @returns undefined where there are too many words to be counted
   */
  asOf(end: number, wanted?: Uint8Array): number | undefined {
    if (!this.isCounting) return undefined;
    const begin = Math.floor(end / this.span) * this.span;
    const sums = this.beforeSpan[begin / this.span] ?? this.now;
    let count = 0;
    for (let word = 0; word < sums.length; word += 1) {
      if (wanted === undefined || wanted[word] === 1) count += sums[word] ?? 0;
    }
    const passes = (at: number): number => {
      const word = this.wordOf(at);
      return word !== undefined && (wanted === undefined || wanted[word] === 1) ? 1 : 0;
    };
    for (let at = begin; at < end; at += 1) {
      const previous = this.chains.previousOf(at);
      count += passes(at) - (previous === undefined ? 0 : passes(previous));
    }
    return count;
  }

  private add(word: number | undefined, by: number): void {
    if (word === undefined) return;
    if (word >= MOST_WORDS) {
      this.isCounting = false;
      this.beforeSpan.length = 0;
      return;
    }
    if (word >= this.now.length) {
      const larger = new Int32Array(2 ** Math.ceil(Math.log2(word + 1)));
      larger.set(this.now);
      this.now = larger;
    }
    this.now[word] = (this.now[word] ?? 0) + by;
  }
}
