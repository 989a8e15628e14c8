import { parseInstant } from '../measure/instant.ts';
import { DISPLAY_GROUPS, KINDS, MEANS, type WeaponCategory } from '../observation/vocabulary.ts';
import { type Bits, hasBit, noBits } from './bits.ts';
import { liesIn, NONE } from './observation-filter.ts';
import {
  CASUALTIES,
  CORRECTED,
  EXTERNAL,
  LATE,
  LOCATED,
  LOW,
  maskOf,
  packedGroup,
  packedKind,
  packedWeapon,
  RETRACTED,
  weaponNumber,
} from './packed-row.ts';
import type { ObservationFilter, SituationQuery } from './situation.ts';
import type { SituationColumns, Words } from './situation-columns.ts';

/** Versions that free text found, of whatever moment. */
export type TextHits = Bits;

/** The filter as a mask over packed rows and, where that does not say it all, a test of an index. */
export interface ColumnFilter {
  readonly mask: number;
  readonly value: number;
  readonly more: ((at: number) => boolean) | undefined;
}

export function columnFilter(
  columns: SituationColumns,
  filter: ObservationFilter,
  hits?: TextHits,
): ColumnFilter {
  const flags = flagsOf(filter);
  const low = lowWords(filter);
  const anyMeans = listed(filter.means) ? maskOf(filter.means, MEANS) : -1;
  const weapons = listed(filter.weapon) ? weaponMask(filter.weapon) : -1;
  const sectors = wordTable(columns.sectors, filter.sector);
  const units = wordTable(columns.units, filter.unit);
  const contingents = wordTable(columns.contingents, filter.contingent);
  const { bbox } = filter;
  if (bbox !== undefined && filter.located === false) return { ...flags, more: () => false };
  const found = filter.q === undefined ? undefined : (hits ?? noBits(0));
  const tables = [low, sectors, units, contingents, bbox, found];
  if ((anyMeans & weapons) === -1 && tables.every((table) => table === undefined))
    return { ...flags, more: undefined };
  const { packed, means, sector, unit, contingent, lat, lon } = columns;
  const more = (at: number): boolean => {
    const bits = packed[at] ?? 0;
    if (low !== undefined && low[bits & LOW] !== 1) return false;
    if (((weapons >> packedWeapon(bits)) & 1) === 0) return false;
    if ((anyMeans & (means[at] ?? 0)) === 0) return false;
    if (sectors !== undefined && sectors[sector[at] ?? 0] !== 1) return false;
    if (units !== undefined && units[unit[at] ?? 0] !== 1) return false;
    if (contingents !== undefined && contingents[contingent[at] ?? 0] !== 1) return false;
    if (bbox !== undefined && !liesIn(bbox, lat[at] ?? 0, lon[at] ?? 0)) return false;
    return found === undefined || hasBit(found, at);
  };
  return { ...flags, more };
}

/**
 * Kind and group of a packed row: one entry for each pair, 1 where the filter wants both; all of them where
 * it says nothing.
 */
export function lowWords({ kind, group }: ObservationFilter): Uint8Array | undefined {
  if (!listed(kind) && !listed(group)) return undefined;
  const kinds = listed(kind) ? maskOf(kind, KINDS) : -1;
  const groups = listed(group) ? maskOf(group, DISPLAY_GROUPS) : -1;
  return Uint8Array.from(
    { length: LOW + 1 },
    (_, low) => (kinds >> packedKind(low)) & (groups >> packedGroup(low)) & 1,
  );
}

/** What a question lets pass: its filter, and of that only what began before an instant. */
export function questionFilter(
  columns: SituationColumns,
  { filter, occurredUntil }: Pick<SituationQuery, 'filter' | 'occurredUntil'>,
  hits?: TextHits,
): ColumnFilter {
  const passes = columnFilter(columns, filter, hits);
  if (occurredUntil === undefined) return passes;
  const until = parseInstant(occurredUntil).ms;
  const { more } = passes;
  return {
    ...passes,
    more: (at) => columns.beganAt(at) < until && (more === undefined || more(at)),
  };
}

/** Yes or no, as bits of packed rows. */
export function flagsOf(filter: ObservationFilter): {
  readonly mask: number;
  readonly value: number;
} {
  const wanted: readonly [bit: number, holds: boolean | undefined][] = [
    [RETRACTED, filter.retracted === true],
    [LATE, filter.late],
    [CORRECTED, filter.corrected],
    [CASUALTIES, filter.casualties],
    [EXTERNAL, filter.origin === undefined ? undefined : filter.origin === 'external'],
    [LOCATED, filter.bbox === undefined ? filter.located : true],
  ];
  const asked = wanted.filter(([, holds]) => holds !== undefined);
  return {
    mask: asked.reduce((mask, [bit]) => mask | bit, 0),
    value: asked.reduce((value, [bit, holds]) => (holds === true ? value | bit : value), 0),
  };
}

/** One bit for each number that a packed row may have; a report without a weapon passes none. */
export function weaponMask(wanted: readonly WeaponCategory[]): number {
  return wanted.reduce((mask, category) => mask | (1 << weaponNumber(category)), 0);
}

/** One entry a word of the column: 1 where the filter wants it. */
export function wordTable(
  words: Words,
  wanted: readonly string[] | undefined,
): Uint8Array | undefined {
  if (!listed(wanted)) return undefined;
  return Uint8Array.from(words.list, (word) => (wanted.includes(word ?? NONE) ? 1 : 0));
}

export function listed<Word>(words: readonly Word[] | undefined): words is readonly Word[] {
  return words !== undefined && words.length > 0;
}
