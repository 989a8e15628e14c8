import type { ObservationContent, ObservationEvent } from './observation.events.ts';

/**
 * What an observation is now, folded from its stream: the content of its present version, and whether
 * its originator still stands by it.
 */
export type ObservationState =
  | { readonly status: 'none' }
  | ({ readonly status: 'recorded' } & StandingReport)
  | ({ readonly status: 'retracted' } & StandingReport);

export interface StandingReport {
  /** Version of the content, from 1; retraction and reinstatement do not count. */
  readonly version: number;
  readonly content: ObservationContent;
  readonly text: ReportText;
}

/** What lies in the vault; absent too when it was erased or is withheld. */
export interface ReportText {
  readonly narrative?: string;
  readonly asEntered?: string;
}

export const NO_OBSERVATION: ObservationState = { status: 'none' };

export function evolveObservation(
  state: ObservationState,
  event: ObservationEvent,
): ObservationState {
  switch (event.type) {
    case 'observation.recorded.v1':
      return { status: 'recorded', version: 1, content: event.data, text: textOf(event) };
    case 'observation.corrected.v1': {
      const { corrects, reason: _, ...content } = event.data;
      return { status: 'recorded', version: corrects + 1, content, text: textOf(event) };
    }
    case 'observation.retracted.v1':
      return state.status === 'none' ? state : { ...state, status: 'retracted' };
    case 'observation.reinstated.v1':
      return state.status === 'none' ? state : { ...state, status: 'recorded' };
    case 'disclosure.erased.v1':
      return state;
    default:
      return event satisfies never;
  }
}

function textOf(event: ObservationEvent): ReportText {
  const { narrative, asEntered } = event.disclosed ?? {};
  return {
    ...(narrative === undefined ? {} : { narrative }),
    ...(asEntered === undefined ? {} : { asEntered }),
  };
}
