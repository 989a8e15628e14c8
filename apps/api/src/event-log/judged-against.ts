import type { DomainEvent } from '@ceasewatch/domain/decider';
import type { StreamEvent } from './event-log.ts';
import type { Folding, StreamStates } from './stream-states.ts';

/**
 * What a command is judged against beside its own stream: the centre, whose revision is recorded in
 * every event so that anybody can judge again later, and what else was in the log by then.
 */
export interface JudgedAgainst<State> {
  /** The present state, or the one that `first` was judged against: an event that answers for a command. */
  load(states: StreamStates, first?: StreamEvent): Promise<Judged<State>>;
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
    async load(states, first) {
      const { state, revision } =
        first === undefined
          ? await states.load(subject, folding)
          : await states.loadAsOf(subject, folding, first.envelope.centrerevision ?? 'none');
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
