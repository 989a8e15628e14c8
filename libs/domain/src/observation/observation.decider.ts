import type { Decider } from '../decider.ts';
import { refuse } from '../refusal.ts';
import { sameValue } from '../same-value.ts';
import { mayChange, mayRecord } from './authority.ts';
import type { ObservationEvent } from './observation.events.ts';
import type {
  ObservationCorrection,
  ObservationReinstatement,
  ObservationRetraction,
  ReportContent,
} from './observation.report.ts';
import {
  evolveObservation,
  NO_OBSERVATION,
  type ObservationState,
  type StandingReport,
} from './observation-state.ts';
import { type ObservationContext, readReport } from './report-reading.ts';

/**
 * Today's rules for one observation. Nothing is edited: a correction is the whole new content beside
 * the old one, a retraction leaves what was said, and only the originating contingent does either.
 * Asking for what is already so yields nothing new.
 */
export type ObservationCommand = {
  readonly context: ObservationContext;
  /** How a body is read: whoever tells the warnings too keeps what was read on the way. */
  readonly read?: typeof readReport;
} & (
  | { readonly type: 'record'; readonly body: ReportContent }
  | { readonly type: 'correct'; readonly body: Omit<ObservationCorrection, 'id'> }
  | { readonly type: 'retract'; readonly body: Omit<ObservationRetraction, 'id'> }
  | { readonly type: 'reinstate'; readonly body: Omit<ObservationReinstatement, 'id'> }
);

type Asked<Type extends ObservationCommand['type']> = Extract<ObservationCommand, { type: Type }>;

export const observationDecider: Decider<ObservationState, ObservationCommand, ObservationEvent> = {
  initialState: NO_OBSERVATION,
  decide: decideObservation,
  evolve: evolveObservation,
};

function decideObservation(
  state: ObservationState,
  command: ObservationCommand,
): readonly ObservationEvent[] {
  switch (command.type) {
    case 'record':
      return record(state, command);
    case 'correct':
      return correct(standing(state), command);
    case 'retract':
      return retract(standing(state), command);
    case 'reinstate':
      return reinstate(standing(state), command);
    default:
      return command satisfies never;
  }
}

function record(
  state: ObservationState,
  { body, context, read = readReport }: Asked<'record'>,
): readonly ObservationEvent[] {
  const { content, text } = read(body, context);
  mayRecord(content, context);
  if (state.status === 'none') {
    return [{ type: 'observation.recorded.v1', data: content, disclosed: text }];
  }
  if (sameValue(state.content, content) && sameValue(state.text, text)) return [];
  throw refuse('id_reused', {
    field: 'id',
    reason: 'other_content',
  });
}

function correct(
  state: Standing,
  { body, context, read = readReport }: Asked<'correct'>,
): readonly ObservationEvent[] {
  mayChange(state.content, context);
  const { content, text } = read(body.content, context);
  // A correction without a typed line leaves the old version's line behind; that alone changes nothing.
  const { asEntered = state.text.asEntered } = text;
  if (sameValue(state.content, content) && sameValue(state.text, { ...text, asEntered })) return [];
  mayRecord(content, context);
  presentVersion(state, body.corrects, 'corrects');
  if (state.status === 'retracted') {
    throw refuse('invalid', {
      reason: 'retracted',
    });
  }
  if (content.origin !== state.content.origin) {
    throw refuse('invalid', {
      field: 'content.origin',
      reason: 'origin_changed',
    });
  }
  const { corrects, reason, explanation } = body;
  return [
    {
      type: 'observation.corrected.v1',
      data: { ...content, corrects, reason },
      disclosed: { ...text, ...explained(explanation) },
    },
  ];
}

function retract(
  state: Standing,
  { body, context }: Asked<'retract'>,
): readonly ObservationEvent[] {
  mayChange(state.content, context);
  presentVersion(state, body.retracts, 'retracts');
  if (state.status === 'retracted') return [];
  const { retracts, reason, explanation } = body;
  const data = { retracts, reason };
  return [{ type: 'observation.retracted.v1', data, disclosed: explained(explanation) }];
}

function reinstate(
  state: Standing,
  { body, context }: Asked<'reinstate'>,
): readonly ObservationEvent[] {
  mayChange(state.content, context);
  presentVersion(state, body.reinstates, 'reinstates');
  if (state.status === 'recorded') return [];
  const data = { reinstates: body.reinstates };
  return [{ type: 'observation.reinstated.v1', data, disclosed: explained(body.explanation) }];
}

type Standing = Exclude<ObservationState, { status: 'none' }>;

function standing(state: ObservationState): Standing {
  if (state.status !== 'none') return state;
  throw refuse('not_found', {
    reason: 'unknown_observation',
  });
}

/** What was not looked at cannot be replaced: the sender names the version it replaces. */
function presentVersion(state: StandingReport, named: number, field: string): void {
  if (named === state.version) return;
  throw refuse('revision_conflict', {
    field,
    reason: 'not_the_present_version',
    params: { present: state.version, looked: named },
  });
}

function explained(explanation: string | undefined): { readonly explanation?: string } {
  return explanation === undefined ? {} : { explanation };
}
