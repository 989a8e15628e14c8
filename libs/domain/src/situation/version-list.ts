import { MINUTE_MS } from '../measure/instant.ts';
import { type Bits, countBits, firstPlaces, hasBit, lastPlaces } from './bits.ts';
import type { SituationColumns } from './situation-columns.ts';

/**
 * A page of versions, newest first: by the event that began them or by when what they tell of began. `log`:
 * as the log has them, oldest first.
 */
export interface ListAsked {
  readonly order: 'recorded' | 'occurred' | 'log';
  /** The page begins behind this version. */
  readonly behind?: Listed | undefined;
  readonly limit: number;
}

export interface Listed {
  /** The event that began the version. */
  readonly fromSeq: number;
  /** Milliseconds since 1970. */
  readonly began: number;
}

export interface VersionList {
  readonly page: readonly Listed[];
  readonly more: boolean;
  /** How many there are in all. */
  readonly matching: number;
}

/** @param bits all versions that the list has */
export function versionList(
  columns: SituationColumns,
  bits: Bits,
  { order, behind, limit }: ListAsked,
): VersionList {
  const places = FIND[order](columns, bits, behind, limit + 1);
  const page = places.slice(0, limit).map((at): Listed => listedAt(columns, at));
  return { page, more: places.length > limit, matching: countBits(bits) };
}

function listedAt(columns: SituationColumns, at: number): Listed {
  return { fromSeq: columns.from[at] ?? 0, began: columns.beganAt(at) };
}

function firstRecorded(
  columns: SituationColumns,
  bits: Bits,
  behind: Listed | undefined,
  limit: number,
): readonly number[] {
  return firstPlaces(bits, behind === undefined ? 0 : columns.endOf(behind.fromSeq), limit);
}

function lastRecorded(
  columns: SituationColumns,
  bits: Bits,
  behind: Listed | undefined,
  limit: number,
): readonly number[] {
  const end = behind === undefined ? columns.length : columns.endOf(behind.fromSeq - 1);
  return lastPlaces(bits, end, limit);
}

/**
 * Span by span, the one with the latest minute first, until none that is left can have anything later than
 * what was found: told in the order in which things happen, a page lies in the first few.
 */
function lastOccurred(
  columns: SituationColumns,
  bits: Bits,
  behind: Listed | undefined,
  limit: number,
): readonly number[] {
  const end = Math.min(columns.length, bits.length * 32);
  const by = behind === undefined ? Number.POSITIVE_INFINITY : behind.began / MINUTE_MS;
  const found = new LatestPlaces(columns, limit);
  for (const span of columns.spans.latestFirst(end, by)) {
    if (found.isFull && (span.latest + 1) * MINUTE_MS <= found.earliest) break;
    for (let at = span.begin; at < span.end; at += 1) {
      if ((at & 31) === 0 && bits[at >>> 5] === 0) at += 31;
      else if (hasBit(bits, at) && isBehind(columns, at, behind)) found.offer(at);
    }
  }
  return found.places;
}

const FIND = { recorded: lastRecorded, occurred: lastOccurred, log: firstRecorded };

function isBehind(columns: SituationColumns, at: number, behind: Listed | undefined): boolean {
  if (behind === undefined) return true;
  const began = columns.beganAt(at);
  if (began !== behind.began) return began < behind.began;
  return (columns.from[at] ?? 0) < behind.fromSeq;
}

/** The places of the versions that began last, the last one first; of one instant, the last recorded. */
class LatestPlaces {
  readonly places: number[] = [];
  private readonly columns: SituationColumns;
  private readonly limit: number;

  constructor(columns: SituationColumns, limit: number) {
    this.columns = columns;
    this.limit = limit;
  }

  get isFull(): boolean {
    return this.places.length === this.limit;
  }

  /** When the one that began first began. */
  get earliest(): number {
    return this.columns.beganAt(this.places.at(-1) ?? 0);
  }

  offer(at: number): void {
    const began = this.columns.beganAt(at);
    if (this.isFull && began < this.earliest) return;
    let low = 0;
    let high = this.places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBefore(middle, began, at)) low = middle + 1;
      else high = middle;
    }
    this.places.splice(low, 0, at);
    if (this.places.length > this.limit) this.places.pop();
  }

  private isBefore(number: number, began: number, at: number): boolean {
    const other = this.places[number] ?? 0;
    const otherBegan = this.columns.beganAt(other);
    return otherBegan === began ? other > at : otherBegan > began;
  }
}
