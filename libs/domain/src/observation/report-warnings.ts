import { isOpenAt, type CentreState, unitAt } from '../centre/centre-state.ts';
import { type CountUnit, isKnown } from '../measure/count-words.ts';
import { inverse } from '../measure/geodesy.ts';
import type { Box } from '../measure/position.ts';
import { deviceClockWarnings } from '../measure/when.ts';
import { resolvedOf } from '../measure/resolved.ts';
import type { Warning } from '../refusal.ts';
import type { ObservationContent } from './observation.events.ts';
import type { ObservationContext } from './report-reading.ts';
import { isFireItem, type Kind, type Origin } from './vocabulary.ts';

/**
 * What is unusual about a report: the form asks for confirmation, the receipt repeats it, nothing is
 * stopped. What the value objects say about a time or a place stands beside them; here stands what
 * only the report as a whole and the centre can show.
 */

/** More than this of anything but persons is asked about again. */
export const MANY = 500;
/** A range beyond this was hardly seen or heard from the ground. */
export const FAR_M = 20_000;
/** A place further than this from the observing unit hints at a wrong grid square. */
export const FAR_FROM_UNIT_M = 60_000;

type Reading = Pick<ObservationContext, 'centre'>;

export function warningsOf(content: ObservationContent, { centre }: Reading): readonly Warning[] {
  return [
    ...unitWarnings(content, centre),
    ...countWarnings(content),
    ...distanceWarnings(content, centre),
    ...fieldWarnings(content),
    ...(content.deviceOffsetMs === undefined ? [] : deviceClockWarnings(content.deviceOffsetMs)),
  ];
}

/** Where a unit's reports are expected from; what others report may lie anywhere. */
export function missionBox(centre: CentreState, origin: Origin): { readonly box?: Box } {
  if (centre.status === 'none' || origin === 'external') return {};
  const [west, south, east, north] = centre.missionArea;
  return { box: { west, south, east, north } };
}

function unitWarnings(content: ObservationContent, centre: CentreState): readonly Warning[] {
  if (content.origin === 'external') return [];
  const known = unitAt(centre, content.unit, content.when.from);
  if (known === undefined || isOpenAt(known.unit, content.when.from)) return [];
  return [{ code: 'unit_not_open', field: 'unit' }];
}

function countWarnings({ kind, count }: ObservationContent): readonly Warning[] {
  if (count === undefined || !isKnown(count)) return [];
  const warnings: Warning[] = [];
  if (!unitsOf(kind).includes(count.unit)) {
    warnings.push({
      code: 'unusual_unit',
      field: 'count.unit',
      params: { kind, unitOfCount: count.unit },
    });
  }
  if (count.value > MANY && count.unit !== 'person') {
    const params = { count: count.value, most: MANY };
    warnings.push({ code: 'many', field: 'count.value', params });
  }
  return warnings;
}

function distanceWarnings(content: ObservationContent, centre: CentreState): readonly Warning[] {
  const { where, unit, when } = content;
  if (where.form === 'relative' && 'max' in where.range && where.range.max > FAR_M) {
    const params = { rangeM: where.range.max, mostM: FAR_M };
    return [{ code: 'far', field: 'where.range.max', params }];
  }
  const none = where.form === 'relative' && 'max' in where.range && where.range.max === 0;
  if (none) return [{ code: 'no_distance', field: 'where.range.max' }];
  const resolved = resolvedOf(where);
  if (resolved === undefined || content.origin === 'external') return [];
  const { box } = missionBox(centre, content.origin);
  if (box !== undefined && !isInside(box, resolved)) {
    return [{ code: 'outside_mission_area', field: 'where' }];
  }
  const stood = unitAt(centre, unit, when.from)?.position;
  if (stood === undefined) return [];
  const { metres } = inverse(stood, resolved);
  if (metres - resolved.errorM <= FAR_FROM_UNIT_M) return [];
  const params = { distanceM: Math.round(metres), mostM: FAR_FROM_UNIT_M };
  return [{ code: 'far_from_unit', field: 'where', params }];
}

function isInside(box: Box, { lat, lon }: { readonly lat: number; readonly lon: number }): boolean {
  return lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north;
}

/** Fields that belong to another kind, and kinds that want a field. */
function fieldWarnings(content: ObservationContent): readonly Warning[] {
  const { kind, explosion, restriction, casualties } = content;
  const warnings: Warning[] = [];
  const strange = (about: 'explosion' | 'restriction') =>
    warnings.push({ code: 'unusual_field', field: about, params: { kind, about } });
  const wanted = (about: 'restriction' | 'casualties') =>
    warnings.push({ code: 'not_told', field: about, params: { about } });
  if (explosion !== undefined && kind !== 'explosion') strange('explosion');
  if (restriction !== undefined && kind !== 'restriction') strange('restriction');
  if (kind === 'restriction' && restriction === undefined) wanted('restriction');
  if (kind === 'casualty' && (casualties ?? []).length === 0) wanted('casualties');
  return warnings;
}

const UNITS_OF_KIND: Readonly<Partial<Record<Kind, readonly CountUnit[]>>> = {
  burst_or_shot: ['burst_or_shot', 'burst', 'shot'],
  projectile_in_flight: ['projectile_in_flight', 'munition'],
  uav: ['uav'],
  aircraft: ['aircraft'],
  weapon_presence: ['weapon', 'vehicle'],
  troop_movement: ['person', 'vehicle'],
  engineering_works: ['vehicle', 'person'],
  crater: ['crater'],
  damage: ['damaged_object'],
  casualty: ['person'],
  uxo_or_mine: ['munition'],
  civilian_movement: ['person', 'vehicle'],
  other: ['person', 'vehicle', 'damaged_object', 'munition', 'weapon'],
};

/** Every kind may be counted in occurrences, which is what sources without quantities give. */
function unitsOf(kind: Kind): readonly CountUnit[] {
  const own: readonly CountUnit[] = UNITS_OF_KIND[kind] ?? [];
  return isFireItem(kind) ? [...own, kind as CountUnit, 'occurrence'] : [...own, 'occurrence'];
}
