import { type CountSum, NOTHING_COUNTED } from '../measure/count-sum.ts';
import type { Count } from '../measure/count.ts';
import { COUNT_UNITS, isKnown, QUALIFIERS, UNKNOWN_REASONS } from '../measure/count-words.ts';
import { MINUTE_MS, parseInstant } from '../measure/instant.ts';
import { MEANS } from '../observation/vocabulary.ts';
import { EndedVersions } from './ended-versions.ts';
import { MinuteSpans, SPAN } from './minute-spans.ts';
import { featureOf, placeOf } from './observation-filter.ts';
import { personsHarmed, type PersonsTold } from './persons-harmed.ts';
import type { ObservationRow } from './observation-row.ts';
import { LOW, maskOf, packRow, RETRACTED } from './packed-row.ts';
import { StandingWords } from './standing-words.ts';

/**
 * Every version of every observation as typed arrays in log order: 50 bytes each. A version is in
 * force as of n while `from <= n < to`, so any as-of, window and filter is one pass over the arrays
 * (`column-pass.ts`).
 */
export class SituationColumns {
  length = 0;
  from = new Uint32Array(INITIAL);
  to = new Uint32Array(INITIAL);
  /** Places of the first version of the same observation, and of the one after it: 0 while there is none. */
  first = new Uint32Array(INITIAL);
  next = new Uint32Array(INITIAL);
  /** When it began: whole minutes since 1970, and the milliseconds beyond. */
  minute = new Int32Array(INITIAL);
  beyond = new Uint16Array(INITIAL);
  packed = new Uint32Array(INITIAL);
  means = new Uint16Array(INITIAL);
  sector = new Uint16Array(INITIAL);
  unit = new Uint16Array(INITIAL);
  contingent = new Uint8Array(INITIAL);
  officer = new Uint16Array(INITIAL);
  /** The line or area that its place was told by. */
  feature = new Uint16Array(INITIAL);
  lat = new Int32Array(INITIAL);
  lon = new Int32Array(INITIAL);
  /** The count's value; what it means is told by `countCode`. */
  count = new Int32Array(INITIAL);
  countCode = new Uint8Array(INITIAL);
  /** Counts that do not fit: with bounds, and of persons harmed. By index. */
  readonly details = new Map<number, CountDetails>();
  readonly sectors = new Words(0x1_0000);
  readonly units = new Words(0x1_0000);
  readonly contingents = new Words(0x100);
  readonly officers = new Words(0x1_0000);
  readonly features = new Words(0x1_0000);
  /** Which of them have ended as of any event. */
  readonly ended = new EndedVersions(this);
  /** Versions that changed nothing but their status, in their order: each says what the one before it says. */
  readonly unaltered = new Map<number, number>();
  /** Where a pass over a window has to look. */
  readonly spans: MinuteSpans;
  /** What stands, by the words of one column. */
  readonly standing: {
    /** Of kind and group together, and so of everything. */
    readonly low: StandingWords;
    readonly unit: StandingWords;
    readonly sector: StandingWords;
    readonly contingent: StandingWords;
  };
  private readonly allStanding: readonly StandingWords[];
  /** Places of versions whose next one is still to come, by the event that begins it. */
  private readonly awaited = new Map<number, number>();

  /** @param span versions whose minutes are summed up together; a test takes few */
  constructor(span = SPAN) {
    this.spans = new MinuteSpans(span);
    const standing = (wordOf: (at: number) => number | undefined) =>
      new StandingWords(span, this, (at) =>
        ((this.packed[at] ?? 0) & RETRACTED) === 0 ? wordOf(at) : undefined,
      );
    this.standing = {
      low: standing((at) => (this.packed[at] ?? 0) & LOW),
      unit: standing((at) => this.unit[at]),
      sector: standing((at) => this.sector[at]),
      contingent: standing((at) => this.contingent[at]),
    };
    this.allStanding = Object.values(this.standing);
  }

  /**
   * Adds a version that begins; versions come in the order of their `fromSeq`.
   *
   * @param before the version that it ends
   */
  append(row: ObservationRow, before?: ObservationRow | null): void {
    const place = placeOf(row);
    this.appendParts({
      from: row.fromSeq,
      to: row.toSeq,
      began: parseInstant(row.when.from).ms,
      packed: packRow(row),
      means: maskOf(row.means, MEANS),
      sector: row.sector,
      unit: row.unit,
      contingent: row.contingent,
      officer: row.officer,
      feature: featureOf(row),
      isUnaltered: before?.version === row.version,
      lat: place?.lat ?? 0,
      lon: place?.lon ?? 0,
      ...packCounts(row),
    });
  }

  /** The same from the parts that a table of the read model keeps. */
  appendParts(parts: VersionParts): void {
    const at = this.length;
    if (at === this.from.length) this.grow();
    const minute = Math.floor(parts.began / MINUTE_MS);
    this.spans.add(at, minute);
    const before = this.awaited.get(parts.from);
    this.awaited.delete(parts.from);
    if (before !== undefined) this.next[before] = at;
    if (parts.to !== null) this.awaited.set(parts.to, at);
    this.from[at] = parts.from;
    this.to[at] = parts.to ?? OPEN;
    this.first[at] = before === undefined ? at : (this.first[before] ?? at);
    this.next[at] = 0;
    this.minute[at] = minute;
    this.beyond[at] = parts.began - minute * MINUTE_MS;
    this.packed[at] = parts.packed;
    this.means[at] = parts.means;
    this.sector[at] = this.sectors.indexOf(parts.sector);
    this.unit[at] = this.units.indexOf(parts.unit);
    this.contingent[at] = this.contingents.indexOf(parts.contingent);
    this.officer[at] = this.officers.indexOf(parts.officer);
    this.feature[at] = this.features.indexOf(parts.feature);
    this.lat[at] = parts.lat;
    this.lon[at] = parts.lon;
    this.countCode[at] = parts.countCode;
    this.count[at] = parts.countValue;
    if (parts.details !== undefined) this.details.set(at, parts.details);
    if (before !== undefined) {
      this.ended.add(before);
      if (parts.isUnaltered) this.unaltered.set(at, before);
    }
    this.length += 1;
    for (const words of this.allStanding) words.begins(at, before);
  }

  /** Says that the version which began at `from` ended at `to`, where the next one of it begins. */
  end(from: number, to: number): void {
    const at = this.placeOf(from);
    if (at === undefined) return;
    this.to[at] = to;
    this.awaited.set(to, at);
  }

  /** The version before of the same observation. */
  previousOf(at: number): number | undefined {
    let previous = this.first[at] ?? at;
    if (previous === at) return undefined;
    for (let after = this.next[previous]; after !== at; after = this.next[previous]) {
      if (after === undefined || after === 0) throw new RangeError(`no version leads to ${at}`);
      previous = after;
    }
    return previous;
  }

  /** The place of the version that an event began; undefined where it began none. */
  placeOf(seq: number): number | undefined {
    const at = this.endOf(seq) - 1;
    return this.from[at] === seq ? at : undefined;
  }

  /** Milliseconds since 1970. */
  beganAt(at: number): number {
    return (this.minute[at] ?? 0) * MINUTE_MS + (this.beyond[at] ?? 0);
  }

  /** How many versions began at or before an event. */
  endOf(seq: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.from[middle] ?? OPEN) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private grow(): void {
    const size = this.from.length * 2;
    this.from = copied(new Uint32Array(size), this.from);
    this.to = copied(new Uint32Array(size), this.to);
    this.first = copied(new Uint32Array(size), this.first);
    this.next = copied(new Uint32Array(size), this.next);
    this.minute = copied(new Int32Array(size), this.minute);
    this.beyond = copied(new Uint16Array(size), this.beyond);
    this.packed = copied(new Uint32Array(size), this.packed);
    this.means = copied(new Uint16Array(size), this.means);
    this.sector = copied(new Uint16Array(size), this.sector);
    this.unit = copied(new Uint16Array(size), this.unit);
    this.contingent = copied(new Uint8Array(size), this.contingent);
    this.officer = copied(new Uint16Array(size), this.officer);
    this.feature = copied(new Uint16Array(size), this.feature);
    this.lat = copied(new Int32Array(size), this.lat);
    this.lon = copied(new Int32Array(size), this.lon);
    this.count = copied(new Int32Array(size), this.count);
    this.countCode = copied(new Uint8Array(size), this.countCode);
  }
}

export interface VersionParts {
  readonly from: number;
  readonly to: number | null;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly packed: number;
  readonly means: number;
  readonly sector: string | null;
  readonly unit: string;
  readonly contingent: string | null;
  readonly officer: string | null;
  readonly feature: string | null;
  /** Whether it says what the version before it says, and only its status is another. */
  readonly isUnaltered: boolean;
  /** 0 where there is no place; `packed` says so. */
  readonly lat: number;
  readonly lon: number;
  /** From `packCounts`. */
  readonly countCode: number;
  readonly countValue: number;
  readonly details?: CountDetails | undefined;
}

export interface CountDetails {
  readonly count?: Count | undefined;
  readonly persons: readonly Count[];
}

const INITIAL = 1024;
/** `to` of a version in force: after every event that a Uint32 can number. */
export const OPEN = 0xffff_ffff;

/** Words by small numbers, in order of appearance. */
export class Words {
  readonly list: (string | null)[] = [];
  private readonly indices = new Map<string | null, number>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  indexOf(word: string | null): number {
    const known = this.indices.get(word);
    if (known !== undefined) return known;
    if (this.list.length === this.most)
      throw new RangeError(`more than ${this.most} words in a column`);
    const index = this.list.push(word) - 1;
    this.indices.set(word, index);
    return index;
  }
}

/** 0 no count, 1–48 unit and qualifier, 49–51 the reason why it is unknown, 255 in `details`. */
const UNKNOWN = COUNT_UNITS.length * QUALIFIERS.length + 1;
export const DETAILED = 255;

/** A count as a code and a value; with `details` where it has bounds or persons were harmed. */
export function packCounts(
  told: PersonsTold,
): Pick<VersionParts, 'countCode' | 'countValue' | 'details'> {
  const { count } = told;
  const persons = personsHarmed(told);
  if (persons.length > 0) return detailed(count, persons);
  if (count === undefined) return { countCode: 0, countValue: 0 };
  if (!isKnown(count))
    return { countCode: UNKNOWN + UNKNOWN_REASONS.indexOf(count.unknown), countValue: 0 };
  if (count.low !== undefined || count.high !== undefined) return detailed(count, persons);
  const code =
    COUNT_UNITS.indexOf(count.unit) * QUALIFIERS.length + QUALIFIERS.indexOf(count.qualifier) + 1;
  return { countCode: code, countValue: count.value };
}

function detailed(count: Count | undefined, persons: readonly Count[]) {
  return { countCode: DETAILED, countValue: 0, details: { count, persons } };
}

/** What so many reports with this code and this value in all sum up to. */
export function sumOfCode(code: number, reports: number, value: number): CountSum {
  const reason = UNKNOWN_REASONS[code - UNKNOWN];
  if (reason !== undefined) return { known: {}, unknown: { [reason]: reports } };
  const unit = COUNT_UNITS[Math.floor((code - 1) / QUALIFIERS.length)];
  const qualifier = QUALIFIERS[(code - 1) % QUALIFIERS.length];
  if (unit === undefined || qualifier === undefined) return NOTHING_COUNTED;
  return {
    known: { [unit]: { [qualifier]: { reports, value, low: value, high: value } } },
    unknown: {},
  };
}

function copied<Column extends { set(from: Column): void }>(into: Column, from: Column): Column {
  into.set(from);
  return into;
}
