/**
 * One bit for each version, in the order of the columns: sets of versions that are cut with one another
 * thirty-two at a time. A function that is given an `end` leaves alone what lies beyond it.
 */
export type Bits = Uint32Array<ArrayBuffer>;

/** As many as there are versions, none of them set. */
export function noBits(length: number): Bits {
  return new Uint32Array((length + 31) >>> 5);
}

/** Sets the first `length`, and clears the others. */
export function setFirst(bits: Bits, length: number): void {
  bits.fill(ALL, 0, length >>> 5).fill(0, length >>> 5);
  if ((length & 31) !== 0) bits[length >>> 5] = lowBits(length & 31);
}

/**
 * Bits for one question after the other: the ones that were given out before are overwritten. Made anew
 * for each, they were megabytes a question that somebody had to clear away.
 */
export class ReusedBits {
  private bits: Bits = noBits(INITIAL);

  /** For so many versions; what is in them is left from before. */
  of(length: number): Bits {
    const words = (length + 31) >>> 5;
    if (words > this.bits.length) this.bits = new Uint32Array(2 * words);
    return this.bits.subarray(0, words);
  }
}

const INITIAL = 1_024;

export function hasBit(bits: Bits, at: number): boolean {
  return (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
}

export function setBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

export function clearBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) & ~(1 << (at & 31));
}

/** Clears those with a place in [begin, end). */
export function clearRange(bits: Bits, begin: number, end: number): void {
  if (begin >= end) return;
  const [first, last] = [begin >>> 5, (end - 1) >>> 5];
  const below = lowBits(begin & 31);
  const above = (end & 31) === 0 ? 0 : ~lowBits(end & 31);
  if (first === last) {
    bits[first] = (bits[first] ?? 0) & (below | above);
    return;
  }
  bits[first] = (bits[first] ?? 0) & below;
  bits.fill(0, first + 1, last);
  bits[last] = (bits[last] ?? 0) & above;
}

/** Leaves what the other has too; the other may be longer. */
export function keepCommon(bits: Bits, other: Bits): void {
  const length = Math.min(bits.length, other.length);
  for (let word = 0; word < length; word += 1) bits[word] = (bits[word] ?? 0) & (other[word] ?? 0);
  bits.fill(0, length);
}

/** Adds what the other has, as far as both go; its first word is the one `from` which they are added. */
export function addBits(bits: Bits, other: Bits, from = 0): void {
  const length = Math.min(bits.length - from, other.length);
  for (let word = 0; word < length; word += 1) {
    bits[from + word] = (bits[from + word] ?? 0) | (other[word] ?? 0);
  }
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) {
    // By pairs, by fours, by eights, and then all four bytes at once.
    let each = bits[word] ?? 0;
    each -= (each >>> 1) & 0x5555_5555;
    each = (each & 0x3333_3333) + ((each >>> 2) & 0x3333_3333);
    each = (each + (each >>> 4)) & 0x0f0f_0f0f;
    count += Math.imul(each, 0x0101_0101) >>> 24;
  }
  return count;
}

/** Up to `limit` places below `end`, the last one first. */
export function lastPlaces(bits: Bits, end: number, limit: number): number[] {
  const places: number[] = [];
  for (let word = Math.min(bits.length - 1, end >>> 5); word >= 0; word -= 1) {
    let left = bits[word] ?? 0;
    if (word === end >>> 5) left &= lowBits(end & 31);
    while (left !== 0) {
      if (places.length === limit) return places;
      const bit = 31 - Math.clz32(left);
      places.push(word * 32 + bit);
      left &= ~(1 << bit);
    }
  }
  return places;
}

/** Up to `limit` places from `begin` on, in order. */
export function firstPlaces(bits: Bits, begin: number, limit: number): number[] {
  const places: number[] = [];
  for (let word = begin >>> 5; word < bits.length; word += 1) {
    let left = bits[word] ?? 0;
    if (word === begin >>> 5) left &= ~lowBits(begin & 31);
    for (; left !== 0; left &= left - 1) {
      if (places.length === limit) return places;
      places.push(word * 32 + 31 - Math.clz32(left & -left));
    }
  }
  return places;
}

const ALL = 0xffff_ffff;

/** The lowest `count` of thirty-two, of which there are fewer than all. */
function lowBits(count: number): number {
  return (1 << count) - 1;
}
