import { HOUR_MS } from '../measure/instant.ts';
import type { SituationColumns, Words } from '../situation/situation-columns.ts';
import { DELAY_HOURS, type Hindsight, type ReportingDelay } from './hindsight.ts';

/** Counts of one unit: by the first of `DELAY_HOURS` that holds, none of them, and no hour known. */
const LONGER = DELAY_HOURS.length;
const UNTIMED = LONGER + 1;
const WIDTH = UNTIMED + 1;
const LIMITS = Float64Array.from(DELAY_HOURS, (hours) => hours * HOUR_MS);

/** How soon observations were recorded, by contingent and unit: one count a version, summed up when told. */
export class DelaySums {
  private readonly columns: SituationColumns;
  private readonly unitOf: Uint16Array;
  private readonly contingentOf: Uint8Array;
  private readonly units: Uint32Array;
  private readonly contingents: Uint32Array;

  constructor(columns: SituationColumns) {
    this.columns = columns;
    this.unitOf = columns.unit;
    this.contingentOf = columns.contingent;
    this.units = new Uint32Array(WIDTH * columns.units.list.length);
    this.contingents = new Uint32Array(WIDTH * columns.contingents.list.length);
  }

  /** @param delay milliseconds from its beginning to its recording */
  add(at: number, delay: number): void {
    let place = 0;
    while (place < LONGER && delay > (LIMITS[place] ?? 0)) place += 1;
    this.count(at, place);
  }

  /** The hour of its beginning is not known, so no delay is. */
  addUntimed(at: number): void {
    this.count(at, UNTIMED);
  }

  told(): Hindsight['delay'] {
    const { units, contingents } = this.columns;
    return {
      ...delayOf(summed(this.contingents)),
      byContingent: byWord(this.contingents, contingents),
      byUnit: byWord(this.units, units),
    };
  }

  private count(at: number, place: number): void {
    const unit = WIDTH * (this.unitOf[at] ?? 0) + place;
    const contingent = WIDTH * (this.contingentOf[at] ?? 0) + place;
    this.units[unit] = (this.units[unit] ?? 0) + 1;
    this.contingents[contingent] = (this.contingents[contingent] ?? 0) + 1;
  }
}

function summed(counts: Uint32Array): Uint32Array {
  const sums = new Uint32Array(WIDTH);
  for (let at = 0; at < counts.length; at += 1) {
    sums[at % WIDTH] = (sums[at % WIDTH] ?? 0) + (counts[at] ?? 0);
  }
  return sums;
}

function delayOf(counts: Uint32Array): ReportingDelay {
  let sum = 0;
  const within = DELAY_HOURS.map((_, place) => (sum += counts[place] ?? 0));
  const hourUnknown = counts[UNTIMED] ?? 0;
  return { observations: sum + (counts[LONGER] ?? 0) + hourUnknown, hourUnknown, within };
}

/** Only those of whom something is told. */
function byWord(counts: Uint32Array, { list }: Words): Readonly<Record<string, ReportingDelay>> {
  const told = list.map(
    (word, at) => [word ?? '-', delayOf(counts.subarray(WIDTH * at, WIDTH * (at + 1)))] as const,
  );
  return Object.fromEntries(told.filter(([, { observations }]) => observations > 0));
}
