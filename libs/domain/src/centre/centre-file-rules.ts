import type { Refused } from '../refusal.ts';
import type { CentreFile } from './centre-file.ts';

/** A file becomes its events in one append, which has a limit (event-format.md). */
const MOST_EVENTS = 480;

/**
 * What no schema of single fields can see: names that lead nowhere, things that exist twice, a centre
 * in which nobody could report.
 */
export function inconsistencies(file: CentreFile): readonly Refused[] {
  return [
    ...missionAreaFaults(file),
    ...twice(file.contingents, 'contingents', ({ contingent }) => contingent, 'contingent'),
    ...twice(file.contingents, 'contingents', ({ sign }) => sign, 'sign'),
    ...twice(file.units, 'units', ({ unit }) => unit, 'unit'),
    ...twice(file.areas, 'areas', ({ area }) => area, 'area'),
    ...twice(file.officers, 'officers', ({ officer }) => officer, 'officer'),
    ...unitFaults(file),
    ...officerFaults(file),
    ...periodFaults(file),
    ...sizeFaults(file),
  ];
}

function missionAreaFaults({ missionArea: [west, south, east, north] }: CentreFile): Refused[] {
  if (west < east && south < north) return [];
  return [{ field: 'missionArea', reason: 'empty_area' }];
}

function unitFaults({ units, contingents }: CentreFile): Refused[] {
  return units.flatMap(({ contingent, kind }, at): Refused[] => {
    const field = `units.${at}.contingent`;
    if (contingent === undefined) return [];
    if (kind === 'external_source') {
      return [{ field, reason: 'source_of_a_contingent' }];
    }
    return contingents.some((each) => each.contingent === contingent)
      ? []
      : [{ field, reason: 'unknown_contingent' }];
  });
}

function officerFaults({ officers, contingents, units }: CentreFile): Refused[] {
  const faults = officers.flatMap(({ contingent, unit }, at) => {
    const found: Refused[] = [];
    if (!contingents.some((each) => each.contingent === contingent)) {
      found.push({ field: `officers.${at}.contingent`, reason: 'unknown_contingent' });
    }
    const post = units.find((each) => each.unit === unit);
    if (unit !== undefined && post === undefined) {
      found.push({ field: `officers.${at}.unit`, reason: 'unknown_unit' });
    }
    if (post?.contingent !== undefined && post.contingent !== contingent) {
      found.push({ field: `officers.${at}.unit`, reason: 'not_your_unit' });
    }
    return found;
  });
  if (officers[0]?.role !== 'operator') {
    faults.push({ field: 'officers.0.role', reason: 'first_is_no_operator' });
  }
  return faults;
}

function periodFaults({ areas }: CentreFile): Refused[] {
  return areas.flatMap(({ from, to }, at) =>
    to === undefined || from < to
      ? []
      : [{ field: `areas.${at}.to`, reason: 'ends_before_it_begins' }],
  );
}

function sizeFaults({ contingents, units, areas, officers }: CentreFile): Refused[] {
  const strengths = contingents.flatMap(({ strength = [] }) => strength).length;
  const events = 2 + contingents.length + strengths + units.length + areas.length + officers.length;
  if (events <= MOST_EVENTS) return [];
  return [{ reason: 'too_many', params: { count: events, most: MOST_EVENTS } }];
}

function twice<Item>(
  items: readonly Item[],
  list: string,
  keyOf: (item: Item) => string,
  field: string,
): Refused[] {
  const seen = new Set<string>();
  return items.flatMap((item, at) => {
    const key = keyOf(item);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ field: `${list}.${at}.${field}`, reason: 'twice' as const, params: { name: key } }];
  });
}
