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

/** Whether the originator stands by it after each event; a correction says that it does. */
export const STATUS_AFTER = {
  'observation.recorded.v1': 'recorded',
  'observation.corrected.v1': 'recorded',
  'observation.retracted.v1': 'retracted',
  'observation.reinstated.v1': 'recorded',
} as const;

export const NO_OBSERVATION: ObservationState = { status: 'none' };

export function evolveObservation(
  state: ObservationState,
  event: ObservationEvent,
): ObservationState {
  if (event.type === 'disclosure.erased.v1') return state;
  const status = STATUS_AFTER[event.type];
  switch (event.type) {
    case 'observation.recorded.v1':
      return { status, version: 1, content: event.data, text: textOf(event) };
    case 'observation.corrected.v1': {
      const { corrects, reason: _, ...content } = event.data;
      return { status, version: corrects + 1, content, text: textOf(event) };
    }
    case 'observation.retracted.v1':
    case 'observation.reinstated.v1':
      return state.status === 'none' ? state : { ...state, status };
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
