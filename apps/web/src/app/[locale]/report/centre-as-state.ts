import type { CentreAnswer, CentreOfficer } from '@ceasewatch/api/contract/centre';
import { type CeasefireState, NO_CEASEFIRE } from '@ceasewatch/domain/ceasefire/ceasefire.decider';
import { areaGeometry } from '@ceasewatch/domain/centre/area-shape';
import type { CentreState, EstablishedCentre } from '@ceasewatch/domain/centre/centre-state';
import type { ObservationContext } from '@ceasewatch/domain/observation/report-reading';

/**
 * The centre's answer as the state that the rules are written for, so that the form judges a report
 * with the very function the node will judge it with. Where a unit stood earlier is not in the answer;
 * the node knows, and its judgement is the one that is recorded.
 */
export function contextOf(
  centre: CentreAnswer,
  officer: CentreOfficer,
  now: number,
): ObservationContext {
  return {
    centre: stateOf(centre),
    ceasefire: ceasefireOf(centre),
    now,
    actor: {
      role: officer.role,
      authn: 'chosen',
      officer: officer.officer,
      contingent: officer.contingent,
    },
  };
}

function stateOf(centre: CentreAnswer): CentreState {
  const state: EstablishedCentre = {
    status: 'established',
    name: centre.name,
    zone: centre.zone,
    missionArea: [...centre.missionArea],
    ...(centre.declinationMdeg === null ? {} : { declinationMdeg: centre.declinationMdeg }),
    places: [],
    sources: [],
    calendar: [],
    contingents: new Map(),
    strength: [],
    units: new Map(
      centre.units.map(({ unit, kind, contingent, name, position, openedAt, closedAt }) => [
        unit,
        {
          unit,
          kind,
          name,
          from: openedAt,
          ...(contingent === null ? {} : { contingent }),
          positions: position === null ? [] : [{ from: openedAt, position }],
          closedFrom: closedAt,
        },
      ]),
    ),
    areas: new Map(
      centre.areas.map((area) => [
        area.area,
        [
          {
            area: area.area,
            kind: area.kind,
            name: area.name,
            shape: area.shape,
            vertices: area.vertices.map(([lon, lat]): [number, number] => [lon, lat]),
            from: area.from,
            ...(area.to === null ? {} : { to: area.to }),
            geometry: areaGeometry(area),
          },
        ],
      ]),
    ),
    officers: new Map(
      centre.officers.map(({ officer, contingent, role, unit, withdrawn }) => [
        officer,
        { officer, contingent, role, ...(unit === null ? {} : { unit }), withdrawn },
      ]),
    ),
  };
  return state;
}

function ceasefireOf({ ceasefire }: CentreAnswer): CeasefireState {
  if (ceasefire === null) return NO_CEASEFIRE;
  return {
    status: 'declared',
    name: ceasefire.name,
    parties: [],
    inForceAt: ceasefire.inForceAt,
    zone: ceasefire.zone,
    sources: [],
  };
}
