import { MEANS } from '../observation/vocabulary.ts';
import { addBits, type Bits, noBits, setBit } from './bits.ts';
import { flagsOf, listed, lowWords, weaponMask, wordTable } from './column-filter.ts';
import { maskOf, WEAPON_SHIFT } from './packed-row.ts';
import { PlaceBands } from './place-bands.ts';
import type { ObservationFilter } from './situation.ts';
import type { SituationColumns } from './situation-columns.ts';
import type { Box } from './text-query.ts';

/** What is asked of one column. */
interface Condition {
  /** Equal where the same is asked. */
  readonly name: string;
  readonly column: Uint32Array | Uint16Array | Uint8Array;
  readonly shift: number;
  /** One entry for each value that the bits from `shift` on may have, 1 where it passes. */
  readonly table: Uint8Array;
}

interface Kept {
  bits: Bits;
  /** Of so many versions. */
  length: number;
}

export type WordColumn = 'unit' | 'officer' | 'sector' | 'contingent' | 'feature';

/** At a million versions 125 kB each: together a sixth of what the columns take. */
const MOST_KEPT = 64;

/**
 * The versions that pass what is asked of one column: looked for once and carried on by those that begin
 * later, because no version ever says anything else than it did.
 */
export class ColumnConditions {
  private readonly columns: SituationColumns;
  private readonly kept = new Map<string, Kept>();
  private readonly bands: PlaceBands;

  constructor(columns: SituationColumns) {
    this.columns = columns;
    this.bands = new PlaceBands(columns);
  }

  /** The versions that pass, for each condition of a filter but those of place, time and text. */
  of(filter: ObservationFilter): readonly Bits[] {
    return conditionsOf(this.columns, filter).map((condition) => this.passing(condition));
  }

  /** The versions that have one of the words; undefined where none is asked. */
  ofWords(column: WordColumn, wanted: readonly string[] | undefined): Bits | undefined {
    const condition = wordCondition(this.columns, column, wanted);
    return condition && this.passing(condition);
  }

  /** The versions with a place in a box: until others are asked for. */
  inBox(box: Box): Bits {
    return this.bands.inBox(box);
  }

  private passing(condition: Condition): Bits {
    const { length, from } = this.columns;
    const kept = this.kept.get(condition.name) ?? { bits: noBits(from.length), length: 0 };
    if (kept.bits.length * 32 < length) {
      const larger = noBits(from.length);
      addBits(larger, kept.bits);
      kept.bits = larger;
    }
    mark(kept.bits, condition, kept.length, length);
    kept.length = length;
    this.keep(condition.name, kept);
    return kept.bits;
  }

  private keep(name: string, kept: Kept): void {
    this.kept.delete(name);
    this.kept.set(name, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}

/** Sets the bits of the versions in [begin, end) that pass. */
function mark(bits: Bits, { column, shift, table }: Condition, begin: number, end: number): void {
  const low = 2 ** Math.ceil(Math.log2(table.length)) - 1;
  for (let at = begin; at < end; at += 1) {
    if (table[((column[at] ?? 0) >>> shift) & low] === 1) setBit(bits, at);
  }
}

function conditionsOf(columns: SituationColumns, filter: ObservationFilter): readonly Condition[] {
  const { sector, unit, contingent } = filter;
  const conditions: (Condition | undefined)[] = [
    flagCondition(columns, filter),
    lowCondition(columns, filter),
    meansCondition(columns, filter),
    weaponCondition(columns, filter),
    wordCondition(columns, 'sector', sector),
    wordCondition(columns, 'unit', unit),
    wordCondition(columns, 'contingent', contingent),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

const FLAGS_SHIFT = 8;
const FLAGS = 256;

function flagCondition({ packed }: SituationColumns, filter: ObservationFilter): Condition {
  const { mask, value } = flagsOf(filter);
  const table = tableOf(FLAGS, (flags) => ((flags << FLAGS_SHIFT) & mask) === value);
  return { name: `flags ${mask} ${value}`, column: packed, shift: FLAGS_SHIFT, table };
}

function lowCondition(
  { packed }: SituationColumns,
  filter: ObservationFilter,
): Condition | undefined {
  const table = lowWords(filter);
  if (table === undefined) return undefined;
  const { kind = [], group = [] } = filter;
  const name = `kinds ${kind.toSorted().join()} groups ${group.toSorted().join()}`;
  return { name, column: packed, shift: 0, table };
}

function meansCondition(
  columns: SituationColumns,
  { means }: ObservationFilter,
): Condition | undefined {
  if (!listed(means)) return undefined;
  const wanted = maskOf(means, MEANS);
  const table = tableOf(2 ** MEANS.length, (told) => (told & wanted) !== 0);
  return { name: `means ${wanted}`, column: columns.means, shift: 0, table };
}

const WEAPONS = 32;

function weaponCondition(
  { packed }: SituationColumns,
  { weapon }: ObservationFilter,
): Condition | undefined {
  if (!listed(weapon)) return undefined;
  const wanted = weaponMask(weapon);
  const table = tableOf(WEAPONS, (number) => ((wanted >>> number) & 1) === 1);
  return { name: `weapons ${wanted}`, column: packed, shift: WEAPON_SHIFT, table };
}

function wordCondition(
  columns: SituationColumns,
  of: WordColumn,
  wanted: readonly string[] | undefined,
): Condition | undefined {
  const table = wordTable(columns[`${of}s`], wanted);
  if (table === undefined || wanted === undefined) return undefined;
  // A word may have any sign in it, so no sign parts one from another.
  const name = JSON.stringify([of, wanted.toSorted()]);
  return { name, column: columns[of], shift: 0, table };
}

function tableOf(length: number, passes: (value: number) => boolean): Uint8Array {
  return Uint8Array.from({ length }, (_, value) => (passes(value) ? 1 : 0));
}
