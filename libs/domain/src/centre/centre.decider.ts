import type { z } from 'zod';
import type { Decider } from '../decider.ts';
import { refuse } from '../refusal.ts';
import { sameValue } from '../same-value.ts';
import { wrongShape } from './area-shape.ts';
import { type CentreFile, foundingEvents } from './centre-file.ts';
import { CENTRE_EVENTS, type CentreEvent } from './centre.events.ts';
import { holdingFrom } from './in-force.ts';
import {
  type AreaDefinition,
  type CentreState,
  type EstablishedCentre,
  evolveCentre,
  NO_CENTRE,
} from './centre-state.ts';

/**
 * What may be changed about a centre. Everything is added with the time from which it holds; nothing
 * is taken away. Who may ask is not decided here: until there are accounts the centre file and the
 * exercise ask, later administrators of both contingents together.
 */
type Data<Type extends keyof typeof CENTRE_EVENTS> = z.infer<(typeof CENTRE_EVENTS)[Type]>;

export type CentreCommand =
  | { readonly type: 'found'; readonly file: CentreFile }
  | { readonly type: 'set_calendar'; readonly data: Data<'centre.calendar-set.v1'> }
  | { readonly type: 'admit_contingent'; readonly data: Data<'contingent.admitted.v1'> }
  | { readonly type: 'report_strength'; readonly data: Data<'contingent.strength-reported.v1'> }
  | { readonly type: 'open_unit'; readonly data: Data<'unit.opened.v1'> }
  | { readonly type: 'move_unit'; readonly data: Data<'unit.moved.v1'> }
  | { readonly type: 'close_unit'; readonly data: Data<'unit.closed.v1'> }
  | { readonly type: 'define_area'; readonly data: Data<'area.defined.v1'> }
  | { readonly type: 'revise_area'; readonly data: Data<'area.revised.v1'> }
  | {
      readonly type: 'enrol_officer';
      readonly data: Data<'officer.enrolled.v1'>;
      /** Disclosed, never in the leaf. */
      readonly name?: string;
    }
  | { readonly type: 'withdraw_officer'; readonly data: Data<'officer.withdrawn.v1'> };

export const centreDecider: Decider<CentreState, CentreCommand, CentreEvent> = {
  initialState: NO_CENTRE,
  decide: decideCentre,
  evolve: evolveCentre,
};

function decideCentre(state: CentreState, command: CentreCommand): readonly CentreEvent[] {
  if (command.type === 'found') return found(state, command.file);
  if (state.status === 'none') {
    throw refuse('not_found', {
      reason: 'no_centre',
    });
  }
  switch (command.type) {
    case 'set_calendar':
      return unlessKnown(state.calendar.at(-1), {
        type: 'centre.calendar-set.v1',
        data: command.data,
      });
    case 'admit_contingent': {
      const known = state.contingents.get(command.data.contingent);
      return onceOnly(known, { type: 'contingent.admitted.v1', data: command.data }, 'contingent');
    }
    case 'report_strength':
      return reportStrength(state, command.data);
    case 'open_unit':
      return openUnit(state, command.data);
    case 'move_unit':
      return moveUnit(state, command.data);
    case 'close_unit':
      return closeUnit(state, command.data);
    case 'define_area':
      return defineArea(state, command.data);
    case 'revise_area':
      return reviseArea(state, command.data);
    case 'enrol_officer':
      return enrolOfficer(state, command.data, command.name);
    case 'withdraw_officer': {
      const officer = known(state.officers.get(command.data.officer), 'officer', 'officer');
      return officer.withdrawn ? [] : [{ type: 'officer.withdrawn.v1', data: command.data }];
    }
    default:
      return command satisfies never;
  }
}

function found(state: CentreState, file: CentreFile): readonly CentreEvent[] {
  if (state.status === 'none') return foundingEvents(file).centre;
  if (sameValue(state.name, file.name) && sameValue(state.missionArea, file.missionArea)) return [];
  throw refuse('invalid', {
    reason: 'centre_exists',
  });
}

function reportStrength(
  state: EstablishedCentre,
  data: Data<'contingent.strength-reported.v1'>,
): readonly CentreEvent[] {
  known(state.contingents.get(data.contingent), 'contingent', 'contingent');
  const last = state.strength.findLast(
    (strength) => strength.contingent === data.contingent && strength.stage === data.stage,
  );
  return unlessKnown(last, { type: 'contingent.strength-reported.v1', data });
}

function openUnit(state: EstablishedCentre, data: Data<'unit.opened.v1'>): readonly CentreEvent[] {
  if (data.contingent !== undefined) {
    known(state.contingents.get(data.contingent), 'contingent', 'contingent');
  }
  const before = state.units.get(data.unit);
  if (before === undefined) return [{ type: 'unit.opened.v1', data }];
  if (before.closedFrom !== null) throw alreadyClosed(before.closedFrom);
  const { positions, closedFrom: _, ...facts } = before;
  const [first] = positions;
  const opened = first === undefined ? facts : { ...facts, position: first.position };
  return onceOnly(opened, { type: 'unit.opened.v1', data }, 'unit');
}

function moveUnit(state: EstablishedCentre, data: Data<'unit.moved.v1'>): readonly CentreEvent[] {
  const unit = known(state.units.get(data.unit), 'unit', 'unit');
  if (data.from < unit.from) throw tooEarly(unit.from);
  const { unit: _, ...moved } = data;
  if (sameValue(holdingFrom(unit.positions, data.from), moved)) return [];
  return [{ type: 'unit.moved.v1', data }];
}

function closeUnit(state: EstablishedCentre, data: Data<'unit.closed.v1'>): readonly CentreEvent[] {
  const unit = known(state.units.get(data.unit), 'unit', 'unit');
  if (data.from < unit.from) throw tooEarly(unit.from);
  if (unit.closedFrom === null) return [{ type: 'unit.closed.v1', data }];
  if (unit.closedFrom === data.from) return [];
  throw alreadyClosed(unit.closedFrom);
}

function defineArea(
  state: EstablishedCentre,
  data: Data<'area.defined.v1'>,
): readonly CentreEvent[] {
  refuseWrongShape(data);
  const before = state.areas.get(data.area);
  const event: CentreEvent = { type: 'area.defined.v1', data };
  return onceOnly(before && (definitionFrom(before, data.from) ?? {}), event, 'area');
}

function reviseArea(
  state: EstablishedCentre,
  data: Data<'area.revised.v1'>,
): readonly CentreEvent[] {
  refuseWrongShape(data);
  const before = known(state.areas.get(data.area), 'area', 'area');
  if (before.some((definition) => definition.kind !== data.kind)) {
    throw refuse('invalid', {
      field: 'kind',
      reason: 'area_kind_changed',
    });
  }
  if (sameValue(definitionFrom(before, data.from), data)) return [];
  return [{ type: 'area.revised.v1', data }];
}

function enrolOfficer(
  state: EstablishedCentre,
  data: Data<'officer.enrolled.v1'>,
  name: string | undefined,
): readonly CentreEvent[] {
  known(state.contingents.get(data.contingent), 'contingent', 'contingent');
  if (data.unit !== undefined) known(state.units.get(data.unit), 'unit', 'unit');
  const before = state.officers.get(data.officer);
  const event: CentreEvent = {
    type: 'officer.enrolled.v1',
    data,
    ...(name === undefined ? {} : { disclosed: { name } }),
  };
  if (before === undefined) return [event];
  const { withdrawn, ...enrolled } = before;
  // An officer who comes back may do so in another role or unit, but not in another contingent.
  if (withdrawn && before.contingent === data.contingent) return [event];
  return onceOnly(enrolled, event, 'officer');
}

/** What an area was told to be from an instant on, as its event told it. */
function definitionFrom(
  definitions: readonly AreaDefinition[],
  instant: string,
): Data<'area.defined.v1'> | undefined {
  const definition = holdingFrom(definitions, instant);
  if (definition === undefined) return undefined;
  const { geometry: _, ...told } = definition;
  return told;
}

function refuseWrongShape(data: Data<'area.defined.v1'>): void {
  const wrong = wrongShape(data, 'vertices');
  if (wrong !== undefined) throw refuse('invalid', wrong);
}

type Noun = 'contingent' | 'unit' | 'area' | 'officer';

/** The same thing again changes nothing; another thing under a known id is refused. */
function onceOnly(before: object | undefined, event: CentreEvent, field: Noun) {
  if (before === undefined) return [event];
  if (sameValue(before, event.data)) return [];
  throw refuse('invalid', {
    field,
    reason: `${field}_exists`,
  });
}

function unlessKnown(before: object | undefined, event: CentreEvent): readonly CentreEvent[] {
  return before !== undefined && sameValue(before, event.data) ? [] : [event];
}

function known<Thing>(thing: Thing | undefined, field: Noun, noun: Noun): Thing {
  if (thing !== undefined) return thing;
  throw refuse('invalid', {
    field,
    reason: `unknown_${noun}`,
  });
}

/** A unit observes from its opening to its closing, once; what observes again later is another unit. */
function alreadyClosed(closedAt: string): Error {
  return refuse('invalid', {
    field: 'unit',
    reason: 'unit_closed',
    params: { closedAt },
  });
}

function tooEarly(openedAt: string): Error {
  return refuse('invalid', {
    field: 'from',
    reason: 'before_the_unit_opened',
    params: { openedAt },
  });
}
