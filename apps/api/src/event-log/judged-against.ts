import type { DomainEvent } from '@ceasewatch/domain/decider';
import type { Folding, StreamStates } from './stream-states.ts';

/**
 * The stream that a command is judged against beside its own: the centre, whose revision is recorded
 * in every event so that anybody can judge again later.
 */
export interface JudgedAgainst<State> {
  /** The present state, or the state as of the revision that an event names. */
  load(states: StreamStates, asOf?: number): Promise<Judged<State>>;
}

export interface Judged<State> {
  readonly state: State;
  /** Becomes `centrerevision`; absent when there is no such stream. */
  readonly revision: number | undefined;
}

export function againstStream<State, Event extends DomainEvent>(
  subject: string,
  folding: Folding<State, Event>,
): JudgedAgainst<State> {
  return {
    async load(states, asOf) {
      const { state, revision } =
        asOf === undefined
          ? await states.load(subject, folding)
          : await states.loadAsOf(subject, folding, asOf);
      return { state, revision: revision === 'none' ? undefined : revision };
    },
  };
}

/** For commands whose own stream says all that matters: the centre's own, the ceasefire's. */
export const AGAINST_NOTHING: JudgedAgainst<undefined> = {
  async load() {
    return { state: undefined, revision: undefined };
  },
};
