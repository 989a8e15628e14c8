import type { z } from 'zod';
import type { Decider } from '../decider.ts';
import { refuse } from '../refusal.ts';
import { sameValue } from '../same-value.ts';
import type { CeasefireEvent, ceasefireDeclared, ceasefireEnded } from './ceasefire.events.ts';

/**
 * A ceasefire is declared once and ended at most once. It says when the clock of the centre starts
 * and how far back an observation of a unit may lie.
 */
type Declared = Readonly<z.infer<typeof ceasefireDeclared>>;
type Ended = Readonly<z.infer<typeof ceasefireEnded>>;

export type CeasefireState =
  | { readonly status: 'none' }
  | ({ readonly status: 'declared' } & Declared)
  | ({ readonly status: 'ended' } & Declared & Ended);

export type CeasefireCommand =
  | { readonly type: 'declare'; readonly data: Declared }
  | { readonly type: 'end'; readonly data: Ended };

export const NO_CEASEFIRE: CeasefireState = { status: 'none' };

export const ceasefireDecider: Decider<CeasefireState, CeasefireCommand, CeasefireEvent> = {
  initialState: NO_CEASEFIRE,
  decide: decideCeasefire,
  evolve: evolveCeasefire,
};

export function evolveCeasefire(state: CeasefireState, event: CeasefireEvent): CeasefireState {
  switch (event.type) {
    case 'ceasefire.declared.v1':
      return { status: 'declared', ...event.data };
    case 'ceasefire.ended.v1':
      return state.status === 'none' ? state : { ...state, ...event.data, status: 'ended' };
    default:
      return event satisfies never;
  }
}

function decideCeasefire(
  state: CeasefireState,
  command: CeasefireCommand,
): readonly CeasefireEvent[] {
  switch (command.type) {
    case 'declare':
      return declare(state, command.data);
    case 'end':
      return end(state, command.data);
    default:
      return command satisfies never;
  }
}

function declare(state: CeasefireState, data: Declared): readonly CeasefireEvent[] {
  if (state.status !== 'none') {
    if (sameValue(declaredOf(state), data)) return [];
    throw refuse('invalid', {
      reason: 'already_declared',
    });
  }
  if (new Set(data.parties.map(({ party }) => party)).size < data.parties.length) {
    throw refuse('invalid', {
      field: 'parties',
      reason: 'party_twice',
    });
  }
  return [{ type: 'ceasefire.declared.v1', data }];
}

function end(state: CeasefireState, data: Ended): readonly CeasefireEvent[] {
  if (state.status === 'none') {
    throw refuse('not_found', { reason: 'no_ceasefire' });
  }
  if (data.endedAt <= state.inForceAt) {
    throw refuse('invalid', {
      field: 'endedAt',
      reason: 'before_the_ceasefire',
      params: { inForceAt: state.inForceAt },
    });
  }
  if (state.status === 'declared') return [{ type: 'ceasefire.ended.v1', data }];
  if (state.endedAt === data.endedAt && state.declaredBy === data.declaredBy) return [];
  throw refuse('invalid', {
    reason: 'already_ended',
    params: { endedAt: state.endedAt },
  });
}

function declaredOf(state: Exclude<CeasefireState, { status: 'none' }>): Declared {
  const { name, parties, signedAt, inForceAt, publishedAt, zone, sources } = state;
  return {
    name,
    parties,
    inForceAt,
    zone,
    sources,
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}
