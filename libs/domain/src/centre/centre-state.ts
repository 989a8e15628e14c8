import type { z } from 'zod';
import type { Geometry } from '../measure/geometry.ts';
import { areaGeometry } from './area-shape.ts';
import { inForce, inForceOrder } from './in-force.ts';
import type {
  areaDefined,
  calendarSet,
  CentreEvent,
  contingentAdmitted,
  established,
  officerEnrolled,
  Position,
  strengthReported,
  unitClosed,
  unitMoved,
  unitOpened,
} from './centre.events.ts';

/**
 * What a centre consists of, folded from its one stream. Units keep every position and areas every
 * definition with the time from which it holds, because a report of this morning is resolved with
 * the positions of this morning, whatever was moved since.
 */
export type CentreState = { readonly status: 'none' } | EstablishedCentre;

export interface EstablishedCentre extends Readonly<z.infer<typeof established>> {
  readonly status: 'established';
  readonly calendar: readonly z.infer<typeof calendarSet>[];
  /** In the order in which they were admitted: the centre's one order. */
  readonly contingents: ReadonlyMap<string, z.infer<typeof contingentAdmitted>>;
  readonly strength: readonly z.infer<typeof strengthReported>[];
  readonly units: ReadonlyMap<string, Unit>;
  readonly areas: ReadonlyMap<string, readonly AreaDefinition[]>;
  readonly officers: ReadonlyMap<string, Officer>;
}

export interface Unit extends Omit<z.infer<typeof unitOpened>, 'position'> {
  /** By the time from which they hold, oldest first. */
  readonly positions: readonly { readonly from: string; readonly position: Position }[];
  readonly closedFrom: string | null;
}

export interface AreaDefinition extends Readonly<z.infer<typeof areaDefined>> {
  readonly geometry: Geometry;
}

export interface Officer extends Readonly<z.infer<typeof officerEnrolled>> {
  readonly withdrawn: boolean;
}

export const NO_CENTRE: CentreState = { status: 'none' };

export function evolveCentre(state: CentreState, event: CentreEvent): CentreState {
  if (event.type === 'centre.established.v1') return founded(event.data);
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'centre.calendar-set.v1':
      return { ...state, calendar: [...state.calendar, event.data] };
    case 'contingent.admitted.v1':
      return { ...state, contingents: put(state.contingents, event.data.contingent, event.data) };
    case 'contingent.strength-reported.v1':
      return { ...state, strength: [...state.strength, event.data] };
    case 'unit.opened.v1':
      return { ...state, units: put(state.units, event.data.unit, openedUnit(event.data)) };
    case 'unit.moved.v1':
      return changeUnit(state, event.data.unit, (unit) => movedUnit(unit, event.data));
    case 'unit.closed.v1':
      return changeUnit(state, event.data.unit, (unit) => closedUnit(unit, event.data));
    case 'area.defined.v1':
    case 'area.revised.v1': {
      const definition = { ...event.data, geometry: areaGeometry(event.data) };
      const known = state.areas.get(event.data.area) ?? [];
      const areas = put(state.areas, event.data.area, inForceOrder([...known, definition]));
      return { ...state, areas };
    }
    case 'officer.enrolled.v1': {
      const officer = { ...event.data, withdrawn: false };
      return { ...state, officers: put(state.officers, officer.officer, officer) };
    }
    case 'officer.withdrawn.v1': {
      const officer = state.officers.get(event.data.officer);
      if (officer === undefined) return state;
      const withdrawn = { ...officer, withdrawn: true };
      return { ...state, officers: put(state.officers, officer.officer, withdrawn) };
    }
    default:
      return event satisfies never;
  }
}

/** What an opening makes of nothing, and a move and a closing of the unit before them. */
export function openedUnit({ position, ...unit }: z.infer<typeof unitOpened>): Unit {
  const positions = position === undefined ? [] : [{ from: unit.from, position }];
  return { ...unit, positions, closedFrom: null };
}

export function movedUnit(unit: Unit, { from, position }: z.infer<typeof unitMoved>): Unit {
  return { ...unit, positions: inForceOrder([...unit.positions, { from, position }]) };
}

export function closedUnit(unit: Unit, { from }: z.infer<typeof unitClosed>): Unit {
  return { ...unit, closedFrom: from };
}

/** The unit, and where it stood at an instant (canonical UTC); undefined if there is no such unit. */
export function unitAt(
  state: CentreState,
  unit: string,
  instant: string,
): { readonly unit: Unit; readonly position: Position | undefined } | undefined {
  const known = state.status === 'none' ? undefined : state.units.get(unit);
  if (known === undefined) return undefined;
  return { unit: known, position: inForce(known.positions, instant)?.position };
}

/** Whether the unit observed at all at that instant. */
export function isOpenAt(unit: Unit, instant: string): boolean {
  return unit.from <= instant && (unit.closedFrom === null || instant < unit.closedFrom);
}

/** Every area in force at an instant (canonical UTC), in the order in which they were first defined. */
export function areasAt(state: CentreState, instant: string): readonly AreaDefinition[] {
  if (state.status === 'none') return [];
  const found: AreaDefinition[] = [];
  for (const definitions of state.areas.values()) {
    const definition = inForce(definitions, instant);
    if (definition === undefined) continue;
    if (definition.to === undefined || instant < definition.to) found.push(definition);
  }
  return found;
}

/** An officer who may act: enrolled and not withdrawn. */
export function officerOf(state: CentreState, officer: string): Officer | undefined {
  const known = state.status === 'none' ? undefined : state.officers.get(officer);
  return known?.withdrawn === true ? undefined : known;
}

/** Who acts when nobody was chosen: the first of the centre's file who is still there. */
export function firstOfficer(state: CentreState): Officer | undefined {
  if (state.status === 'none') return undefined;
  return [...state.officers.values()].find((officer) => !officer.withdrawn);
}

function founded(data: z.infer<typeof established>): EstablishedCentre {
  return {
    ...data,
    status: 'established',
    calendar: [],
    contingents: new Map(),
    strength: [],
    units: new Map(),
    areas: new Map(),
    officers: new Map(),
  };
}

function changeUnit(
  state: EstablishedCentre,
  id: string,
  change: (unit: Unit) => Unit,
): EstablishedCentre {
  const unit = state.units.get(id);
  return unit === undefined ? state : { ...state, units: put(state.units, id, change(unit)) };
}

function put<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}
