/**
 * How many observations stand as of any event, without looking at one of them: versions that had begun,
 * less those that had ended, less those that only said that a report was taken back.
 */
export class StandingCount {
  /** Events with which a retracted version began, ascending as the log is. */
  private readonly retracted = new EventNumbers();
  /** Events with which a version that stood ended. */
  private readonly ended = new EventNumbers();

  begins(from: number, isRetracted: boolean): void {
    if (isRetracted) this.retracted.add(from);
  }

  ends(to: number, isRetracted: boolean): void {
    if (!isRetracted) this.ended.add(to);
  }

  /** @param begun how many versions had begun as of that event */
  asOf(seq: number, begun: number): number {
    return begun - this.retracted.upTo(seq) - this.ended.upTo(seq);
  }
}

/** Numbers of events, counted up to one of them; mostly they are added in order. */
class EventNumbers {
  private numbers = new Uint32Array(64);
  private length = 0;
  private inOrder = true;

  add(seq: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    // Columns that are loaded tell of endings in the order of the beginnings.
    if (this.length > 0 && seq < (this.numbers[this.length - 1] ?? 0)) this.inOrder = false;
    this.numbers[this.length] = seq;
    this.length += 1;
  }

  upTo(seq: number): number {
    if (!this.inOrder) this.numbers.subarray(0, this.length).sort();
    this.inOrder = true;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numbers[middle] ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
