import type { Bits } from './bits.ts';
import { LOCATED } from './packed-row.ts';
import type { SituationColumns } from './situation-columns.ts';
import type { Box } from './text-query.ts';

/** Versions in a box, thirty-two at a time: where none or all are asked for, nobody looks. */

/** What has no place is not among them any more: `located` is a condition of its own. */
export function keepInBox(columns: SituationColumns, bits: Bits, box: Box): void {
  for (let word = 0; word < bits.length; word += 1) {
    const asked = bits[word] ?? 0;
    if (asked !== 0) bits[word] = asked & insideOf(columns, word, box);
  }
}

/** What has a place, and has it in the box. */
export function addInBox(columns: SituationColumns, bits: Bits, box: Box): void {
  const { packed } = columns;
  for (let word = 0; word < bits.length; word += 1) {
    const known = bits[word] ?? 0;
    if (known === ALL) continue;
    let found = 0;
    for (let left = insideOf(columns, word, box) & ~known; left !== 0; left &= left - 1) {
      const bit = 31 - Math.clz32(left & -left);
      if (((packed[word * 32 + bit] ?? 0) & LOCATED) !== 0) found |= 1 << bit;
    }
    bits[word] = known | found;
  }
}

const ALL = 0xffff_ffff;

function insideOf({ lat, lon }: SituationColumns, word: number, box: Box): number {
  const [west, south, east, north] = box;
  // A box that goes round over the 180th meridian is what does not lie between its sides.
  const [left, right] = west <= east ? [west, east] : [east + 1, west - 1];
  const outside = west <= east ? 1 : 0;
  let inside = 0;
  for (let bit = 0; bit < 32; bit += 1) {
    const y = lat[word * 32 + bit] ?? 0;
    const x = lon[word * 32 + bit] ?? 0;
    // The sign of a difference of whole numbers, without a branch that the processor would guess.
    const beyond = ((x - left) | (right - x)) >>> 31;
    const above = ((y - south) | (north - y)) >>> 31;
    inside |= ((beyond ^ outside) & (above ^ 1)) << bit;
  }
  return inside;
}
