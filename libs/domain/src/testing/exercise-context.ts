import { ceasefireDecider, type CeasefireState } from '../ceasefire/ceasefire.decider.ts';
import { foundingEvents, readCentreFile } from '../centre/centre-file.ts';
import { centreDecider } from '../centre/centre.decider.ts';
import type { CentreState } from '../centre/centre-state.ts';
import { fold } from '../decider.ts';
import { parseInstant } from '../measure/instant.ts';
import type { ObservationContext } from '../observation/report-reading.ts';
import { acting, type CastOfficer, OFFICERS } from './cast.ts';
import { exerciseCentre } from './exercise-centre.ts';

/** The exercise's centre as tests judge against it: founded, in force since the evening of 15 August. */
const START = '2026-08-15T20:00:00Z';
const founding = foundingEvents(readCentreFile(exerciseCentre(parseInstant(START).ms)));

export const EXERCISE: { readonly centre: CentreState; readonly ceasefire: CeasefireState } = {
  centre: fold(centreDecider.evolve, centreDecider.initialState, founding.centre),
  ceasefire: fold(ceasefireDecider.evolve, ceasefireDecider.initialState, founding.ceasefire),
};

/** What a command of an officer of the cast is judged with, at an instant. */
export function exerciseContext(
  now = '2026-11-22T10:00:07Z',
  officer: CastOfficer = OFFICERS.ferrow,
): ObservationContext {
  return { ...EXERCISE, now: parseInstant(now).ms, actor: acting(officer) };
}
