import { type Bits, noBits, ReusedBits } from './bits.ts';
import { liesIn } from './observation-filter.ts';
import { LOCATED } from './packed-row.ts';
import type { SituationColumns } from './situation-columns.ts';
import type { Box } from './text-query.ts';

/**
 * The versions in a box. The places told so far are parted into bands of latitude and of longitude with
 * about as many in each, and for each side of a band there are the versions below it; so what lies in a box
 * for certain, and what cannot, is said thirty-two at a time, and only what shares a band with a side of
 * the box is looked at. Made when somebody first asks, and carried on by the versions that begin later.
 */
export class PlaceBands {
  private readonly columns: SituationColumns;
  private readonly found = new ReusedBits();
  private readonly asked = new ReusedBits();
  private lat: Bands;
  private lon: Bands;
  /** Versions that the bands know of, and so many of them there were when the sides were chosen. */
  private length = 0;
  private chosen = 0;

  constructor(columns: SituationColumns) {
    this.columns = columns;
    this.lat = new Bands([], 0);
    this.lon = new Bands([], 0);
  }

  /** What has a place, and has it in the box: until others are asked for. */
  inBox(box: Box): Bits {
    this.carryOn();
    const [west, south, east, north] = box;
    const rows = this.lat.between(south, north);
    const lanes = west <= east ? this.lon.between(west, east) : this.lon.beyond(east, west);
    const bits = this.found.of(this.length);
    keepWithin(bits.fill(ALL), rows.surely);
    keepWithin(bits, lanes.surely);
    const asked = this.asked.of(this.length);
    keepWithin(asked.fill(ALL), rows.may);
    keepWithin(asked, lanes.may);
    for (let word = 0; word < bits.length; word += 1) {
      const surely = bits[word] ?? 0;
      const left = (asked[word] ?? 0) ^ surely;
      if (left !== 0) bits[word] = surely | this.lookedAt(word, left, box);
    }
    return bits;
  }

  private lookedAt(word: number, asked: number, box: Box): number {
    const { lat, lon } = this.columns;
    let found = 0;
    for (let left = asked; left !== 0; left &= left - 1) {
      const lowest = left & -left;
      const at = word * 32 + 31 - Math.clz32(lowest);
      if (liesIn(box, lat[at] ?? 0, lon[at] ?? 0)) found |= lowest;
    }
    return found;
  }

  private carryOn(): void {
    const { columns } = this;
    if (columns.length >= 2 * this.chosen) this.choose();
    const [begin, end] = [this.length >>> 5, (columns.length + 31) >>> 5];
    for (let word = begin; word < end; word += 1) {
      const located = locatedOf(columns, word);
      this.lat.put(columns.lat, word, located);
      this.lon.put(columns.lon, word, located);
    }
    this.length = columns.length;
  }

  /** Places that are told of twice as many versions may lie elsewhere. */
  private choose(): void {
    const { lat, lon, length } = this.columns;
    this.lat = new Bands(sidesOf(this.columns, lat), 2 * length);
    this.lon = new Bands(sidesOf(this.columns, lon), 2 * length);
    this.chosen = length;
    this.length = 0;
  }
}

/** At a million versions 8 MB for both ways, and of a box one version of eleven at most is looked at. */
const BANDS = 32;
const SAMPLE = 4_096;

function sidesOf(columns: SituationColumns, values: Int32Array): readonly number[] {
  const step = Math.max(1, Math.floor(columns.length / SAMPLE));
  const sample: number[] = [];
  for (let at = 0; at < columns.length; at += step) {
    if (((columns.packed[at] ?? 0) & LOCATED) !== 0) sample.push(values[at] ?? 0);
  }
  const sorted = Int32Array.from(sample).sort();
  const sides = Array.from(
    { length: BANDS - 1 },
    (_, band) => sorted[Math.floor(((band + 1) * sorted.length) / BANDS)],
  );
  return [...new Set(sides)].filter((side) => side !== undefined);
}

function locatedOf({ packed, length }: SituationColumns, word: number): number {
  let located = 0;
  for (let bit = 0; bit < 32 && word * 32 + bit < length; bit += 1) {
    if (((packed[word * 32 + bit] ?? 0) & LOCATED) !== 0) located |= 1 << bit;
  }
  return located;
}

/** What is `within` and not `without`; or, of two parts of a way round, `also` the other. */
interface Part {
  readonly within: Bits;
  readonly without: Bits;
  readonly also: Bits | undefined;
}

/** What may lie between two values, and what surely does. */
interface Between {
  readonly may: Part;
  readonly surely: Part;
}

function keepWithin(bits: Bits, { within, without, also }: Part): void {
  for (let word = 0; word < bits.length; word += 1) {
    const known = (within[word] ?? 0) & ~(without[word] ?? 0);
    const all = also === undefined ? known : known | (also[word] ?? 0);
    bits[word] = (bits[word] ?? 0) & all;
  }
}

const ALL = 0xffff_ffff;

class Bands {
  /** In rising order; nothing is below the first, and every place below the last. */
  private readonly sides: readonly number[];
  private readonly below: readonly Bits[];

  constructor(sides: readonly number[], capacity: number) {
    this.sides = [Number.NEGATIVE_INFINITY, ...sides, Number.POSITIVE_INFINITY];
    this.below = this.sides.map(() => noBits(capacity));
  }

  /** Puts thirty-two versions, of which some are located, anew. */
  put(values: Int32Array, word: number, located: number): void {
    const { below } = this;
    for (const bits of below) bits[word] = 0;
    for (let left = located; left !== 0; left &= left - 1) {
      const lowest = left & -left;
      const side = this.firstAbove(values[word * 32 + 31 - Math.clz32(lowest)] ?? 0);
      const bits = below[side];
      if (bits !== undefined) bits[word] = (bits[word] ?? 0) | lowest;
    }
    let all = 0;
    for (const bits of below) {
      all |= bits[word] ?? 0;
      bits[word] = all;
    }
  }

  /** Both values included. */
  between(low: number, high: number): Between {
    const [from, to, begin, end] = this.around(low, high);
    return { may: this.part(from, to), surely: this.part(begin, end) };
  }

  /** What does not lie strictly between two values. */
  beyond(low: number, high: number): Between {
    const [from, to, begin, end] = this.around(low + 1, high - 1);
    const last = this.sides.length - 1;
    return {
      may: this.part(end, last, this.below[begin]),
      surely: this.part(to, last, this.below[from]),
    };
  }

  /** The sides around two values, and those of the whole bands between them: none ends before it begins. */
  private around(low: number, high: number): readonly [number, number, number, number] {
    const [from, to] = [this.lastUpTo(low), this.firstAbove(high)];
    const begin = this.firstAbove(low - 1);
    return [from, Math.max(from, to), begin, Math.max(begin, this.lastUpTo(high + 1))];
  }

  private part(from: number, to: number, also?: Bits): Part {
    const [without, within] = [this.below[from], this.below[to]];
    if (without === undefined || within === undefined)
      throw new RangeError(`no band from ${from} to ${to}`);
    return { within, without, also };
  }

  /** The first side that lies above a value. */
  private firstAbove(value: number): number {
    let [low, high] = [0, this.sides.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sides[middle] ?? 0) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The last side that does not. */
  private lastUpTo(value: number): number {
    return this.firstAbove(value) - 1;
  }
}
