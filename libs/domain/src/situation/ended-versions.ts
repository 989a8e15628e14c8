import { type Bits, clearBit, noBits, ReusedBits, setBit, setFirst } from './bits.ts';

/**
 * Which versions stand as of any event: all that had begun without those that had ended. Of the present
 * they are kept; a past moment is made from it or from the beginning, whichever has fewer endings between.
 */
export class EndedVersions {
  private readonly columns: Ends;
  /** Places of the ended versions, in the order of the events that ended them. */
  private places = new Uint32Array(INITIAL);
  private length = 0;
  private readonly reused = new ReusedBits();
  /** Of the present: those that have ended. */
  private now: Bits = noBits(INITIAL);

  constructor(columns: Ends) {
    this.columns = columns;
  }

  /** The version at a place has ended; its event is not before that of the last one. */
  add(at: number): void {
    if (this.length === this.places.length) this.places = doubled(this.places);
    while (at >>> 5 >= this.now.length) this.now = doubled(this.now);
    this.places[this.length] = at;
    this.length += 1;
    setBit(this.now, at);
  }

  /**
   * The versions in force as of an event, until the next one is asked for.
   *
   * @param end how many had begun by then
   */
  standing(end: number, asOf: number): Bits {
    const bits = this.reused.of(end);
    setFirst(bits, end);
    const byThen = this.endedBy(asOf);
    const { places, now } = this;
    if (byThen <= this.length / 2) {
      for (let n = 0; n < byThen; n += 1) clearBit(bits, places[n] ?? 0);
      return bits;
    }
    const words = Math.min(bits.length, now.length);
    for (let word = 0; word < words; word += 1) bits[word] = (bits[word] ?? 0) & ~(now[word] ?? 0);
    for (let n = byThen; n < this.length; n += 1) {
      const at = places[n] ?? 0;
      if (at < end) setBit(bits, at);
    }
    return bits;
  }

  /** How many had ended as of an event. */
  private endedBy(asOf: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.columns.to[this.places[middle] ?? 0] ?? 0) <= asOf) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The events that ended versions, by place. */
interface Ends {
  readonly to: Uint32Array;
}

const INITIAL = 64;

function doubled(from: Bits): Bits {
  const into = new Uint32Array(from.length * 2);
  into.set(from);
  return into;
}
