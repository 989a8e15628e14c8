/**
 * The earliest and the latest minute of every so many versions in log order. What happened is told soon
 * after, so a window touches few of these spans and a pass leaves out the others; where a table of old
 * events was imported in no order, it touches them all and is merely no slower.
 */
export const SPAN = 4096;
const INITIAL = 64;

export class MinuteSpans {
  private earliest = new Int32Array(INITIAL);
  private latest = new Int32Array(INITIAL);
  private readonly span: number;

  constructor(span: number) {
    this.span = span;
  }

  /** Says in which minute the version at an index began; indices come in order. */
  add(at: number, minute: number): void {
    const span = Math.floor(at / this.span);
    if (span === this.earliest.length) this.grow();
    const begins = at % this.span === 0;
    if (begins || minute < (this.earliest[span] ?? 0)) this.earliest[span] = minute;
    if (begins || minute > (this.latest[span] ?? 0)) this.latest[span] = minute;
  }

  /** The spans of indices below `end` in which something may have begun in [from, to), in order. */
  *within(end: number, from: number, to: number): Iterable<readonly [begin: number, end: number]> {
    for (let begin = 0; begin < end; begin += this.span) {
      if (this.touches(begin / this.span, from, to))
        yield [begin, Math.min(begin + this.span, end)];
    }
  }

  /**
   * The spans of indices below `end` whose latest minute is the latest first, with that minute; those in
   * which nothing may have begun by a minute are left out.
   */
  latestFirst(
    end: number,
    by: number,
  ): readonly { readonly begin: number; readonly end: number; readonly latest: number }[] {
    const spans = [];
    for (let begin = 0; begin < end; begin += this.span) {
      const span = begin / this.span;
      if ((this.earliest[span] ?? 0) > by) continue;
      spans.push({ begin, end: Math.min(begin + this.span, end), latest: this.latest[span] ?? 0 });
    }
    return spans.toSorted((one, other) => other.latest - one.latest);
  }

  /** Whether what began in the span of an index, all of it or none, began in [from, to); else undefined. */
  isWithin(begin: number, from: number, to: number): boolean | undefined {
    const span = begin / this.span;
    const [earliest, latest] = [this.earliest[span] ?? 0, this.latest[span] ?? 0];
    if (earliest >= from && latest < to) return true;
    return latest < from || earliest >= to ? false : undefined;
  }

  /** The spans of indices below `end`, in order. */
  *below(end: number): Iterable<readonly [begin: number, end: number]> {
    for (let begin = 0; begin < end; begin += this.span) {
      yield [begin, Math.min(begin + this.span, end)];
    }
  }

  private touches(span: number, from: number, to: number): boolean {
    return (this.latest[span] ?? 0) >= from && (this.earliest[span] ?? 0) < to;
  }

  private grow(): void {
    const size = this.earliest.length * 2;
    const [earliest, latest] = [new Int32Array(size), new Int32Array(size)];
    earliest.set(this.earliest);
    latest.set(this.latest);
    this.earliest = earliest;
    this.latest = latest;
  }
}
