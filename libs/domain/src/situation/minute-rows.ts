/**
 * Versions by the minute in which they began, over a stretch of minutes: whoever moves a bound on over
 * some of them meets those between, and no others.
 */
export class MinuteRows {
  private readonly begin: number;
  /** Of each minute the row that was added last, and of each row the one before it; −1 is none. */
  private readonly last: Int32Array;
  private before = new Int32Array(INITIAL);
  private versions = new Uint32Array(INITIAL);
  private length = 0;

  /** For the minutes in [begin, end). */
  constructor(begin: number, end: number) {
    this.begin = begin;
    this.last = new Int32Array(Math.max(0, end - begin)).fill(-1);
  }

  /** @param minute one of the stretch */
  add(version: number, minute: number): void {
    const row = this.length;
    if (row === this.versions.length) this.grow();
    this.versions[row] = version;
    this.before[row] = this.last[minute - this.begin] ?? -1;
    this.last[minute - this.begin] = row;
    this.length += 1;
  }

  /** Those that began in [from, to), in no order. */
  within(from: number, to: number, visit: (version: number, minute: number) => void): void {
    const end = Math.min(to, this.begin + this.last.length);
    for (let minute = Math.max(from, this.begin); minute < end; minute += 1) {
      let row = this.last[minute - this.begin] ?? -1;
      for (; row >= 0; row = this.before[row] ?? -1) visit(this.versions[row] ?? 0, minute);
    }
  }

  private grow(): void {
    const [before, versions] = [this.before, this.versions];
    this.before = new Int32Array(before.length * 2);
    this.before.set(before);
    this.versions = new Uint32Array(versions.length * 2);
    this.versions.set(versions);
  }
}

const INITIAL = 1024;
