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
  return [fault('missionArea', 'empty_area', 'must be [west, south, east, north] in 1e-6 degrees')];
}

function unitFaults({ units, contingents }: CentreFile): Refused[] {
  return units.flatMap(({ contingent, kind }, at) => {
    const field = `units.${at}.contingent`;
    if (contingent === undefined) return [];
    if (kind === 'external_source') {
      return [fault(field, 'source_of_a_contingent', 'must be absent for an external source')];
    }
    return contingents.some((each) => each.contingent === contingent)
      ? []
      : [fault(field, 'unknown_contingent', 'must be the code of one of the contingents')];
  });
}

function officerFaults({ officers, contingents, units }: CentreFile): Refused[] {
  const faults = officers.flatMap(({ contingent, unit }, at) => {
    const found: Refused[] = [];
    if (!contingents.some((each) => each.contingent === contingent)) {
      const message = 'must be the code of one of the contingents';
      found.push(fault(`officers.${at}.contingent`, 'unknown_contingent', message));
    }
    const post = units.find((each) => each.unit === unit);
    if (unit !== undefined && post === undefined) {
      found.push(fault(`officers.${at}.unit`, 'unknown_unit', 'must be one of the units'));
    }
    if (post?.contingent !== undefined && post.contingent !== contingent) {
      const message = "must not be the other contingent's unit";
      found.push(fault(`officers.${at}.unit`, 'not_your_unit', message));
    }
    return found;
  });
  if (officers[0]?.role !== 'operator') {
    const message = 'must be an operator: the first officer reports when nobody was chosen';
    faults.push(fault('officers.0.role', 'first_is_no_operator', message));
  }
  return faults;
}

function periodFaults({ areas }: CentreFile): Refused[] {
  return areas.flatMap(({ from, to }, at) =>
    to === undefined || from < to
      ? []
      : [fault(`areas.${at}.to`, 'ends_before_it_begins', 'must be after from')],
  );
}

function sizeFaults({ contingents, units, areas, officers }: CentreFile): Refused[] {
  const strengths = contingents.flatMap(({ strength = [] }) => strength).length;
  const events = 2 + contingents.length + strengths + units.length + areas.length + officers.length;
  if (events <= MOST_EVENTS) return [];
  const message = `The centre file would become ${events} events, at most ${MOST_EVENTS}.`;
  return [{ reason: 'too_many', message }];
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
    return [fault(`${list}.${at}.${field}`, 'twice', `stands twice in the list: ${key}`)];
  });
}

function fault(field: string, reason: string, message: string): Refused {
  return { field, reason, message: `${field}: ${message}.` };
}
