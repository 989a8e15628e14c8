import {
  DISPLAY_GROUPS,
  isFireItem,
  KINDS,
  WEAPON_CATEGORIES,
  type WeaponCategory,
} from '../observation/vocabulary.ts';
import { isCorrected, isLocated, tellsOfCasualties } from './observation-filter.ts';
import type { ObservationRow } from './observation-row.ts';

/**
 * What the sums and the filters ask of a row, packed into one unsigned number: kind in bits 0–4, display
 * group in 5–7, yes-or-no in 8–15, weapon category in 16–20. Places in the closed lists never change, so
 * packed rows may be stored.
 */
/** The bits of kind and group. */
export const LOW = 0xff;
export const FIRE = 1 << 8;
export const LATE = 1 << 9;
export const CORRECTED = 1 << 10;
export const CASUALTIES = 1 << 11;
export const LOCATED = 1 << 12;
export const HOUR_KNOWN = 1 << 13;
export const RETRACTED = 1 << 14;
export const EXTERNAL = 1 << 15;
/** Where the weapon's number begins. */
export const WEAPON_SHIFT = 16;

/** Kind, group, FIRE, LATE, CORRECTED and CASUALTIES: all that a figure asks. */
const FIGURE_BITS = 0xfff;
const HEAVY_GROUP = DISPLAY_GROUPS.indexOf('heavy_weapons');
const FIGURES_OF = Uint8Array.from({ length: FIGURE_BITS + 1 }, (_, packed) =>
  [FIRE, 0, LATE, CORRECTED, CASUALTIES].reduce(
    (figures, bit, figure) => (packed & bit ? figures | (1 << figure) : figures),
    packedGroup(packed) === HEAVY_GROUP ? 2 : 0,
  ),
);

export function packRow(row: ObservationRow): number {
  const { precision } = row.when;
  return (
    KINDS.indexOf(row.kind) |
    (DISPLAY_GROUPS.indexOf(row.group) << 5) |
    flag(FIRE, isFireItem(row.kind)) |
    flag(LATE, row.late) |
    flag(CORRECTED, isCorrected(row)) |
    flag(CASUALTIES, tellsOfCasualties(row)) |
    flag(LOCATED, isLocated(row)) |
    flag(HOUR_KNOWN, precision !== 'day' && precision !== 'period') |
    flag(RETRACTED, row.status === 'retracted') |
    flag(EXTERNAL, row.origin === 'external') |
    (weaponNumber(row.weapon?.category) << WEAPON_SHIFT)
  );
}

export function packedKind(packed: number): number {
  return packed & 31;
}

export function packedGroup(packed: number): number {
  return (packed >> 5) & 7;
}

export function packedWeapon(packed: number): number {
  return (packed >> WEAPON_SHIFT) & 31;
}

/** The number of a weapon category in a packed row; 0 is a report that tells of no weapon. */
export function weaponNumber(category: WeaponCategory | undefined): number {
  return category === undefined ? 0 : WEAPON_CATEGORIES.indexOf(category) + 1;
}

/** Which figures a row belongs to: one bit each, in the order of FIGURES. */
export function figuresOf(packed: number): number {
  return FIGURES_OF[packed & FIGURE_BITS] ?? 0;
}

/** One bit for each word of a closed list, for “any of these”. */
export function maskOf<Word extends string>(words: readonly Word[], list: readonly Word[]): number {
  return words.reduce((mask, word) => mask | (1 << list.indexOf(word)), 0);
}

function flag(bit: number, holds: boolean): number {
  return holds ? bit : 0;
}
