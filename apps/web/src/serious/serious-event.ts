import { type WeaponCategory } from '@ceasewatch/domain/observation/vocabulary';
import { tellsOfCasualties } from '@ceasewatch/domain/situation/observation-filter';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';

/** What is told at once and stays on the screen until somebody has seen it. */
export type SeriousEvent =
  | { readonly reason: 'casualty' | 'unitUnderFire'; readonly row: ObservationRow }
  | {
      readonly reason: 'firstWeapon';
      readonly weapon: WeaponCategory;
      readonly row: ObservationRow;
    };

/** A casualty or a unit under fire, newly told: in a new report, or added by a correction. */
export function seriousAtOnce({ before, after }: Change): SeriousEvent | null {
  if (after === null || after.status !== 'recorded') return null;
  if (tellsOfCasualties(after) && !(before !== null && tellsOfCasualties(before)))
    return { reason: 'casualty', row: after };
  if (isUnderFire(after) && !(before !== null && isUnderFire(before)))
    return { reason: 'unitUnderFire', row: after };
  return null;
}

/** The weapon class that a new report tells of, if it tells one. */
export function weaponTold({ before, after }: Change): WeaponCategory | null {
  if (after === null || after.status !== 'recorded') return null;
  const category = after.weapon?.category ?? 'not_known';
  return category === 'not_known' || category === before?.weapon?.category ? null : category;
}

function isUnderFire(row: ObservationRow): boolean {
  return row.restriction?.kind === 'fire_at_unit';
}
