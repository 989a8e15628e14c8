import { expect } from '@jest/globals';
import { type Decider, type DomainEvent, fold } from '../decider.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';

/**
 * Tests of deciders as sentences: given what has happened, when this is asked, then that happens.
 *
 *   given(decider, [recorded]).when(retract).then([retracted])
 */
export function given<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[] = [],
) {
  const state = fold(decider.evolve, decider.initialState, events);
  return { state, when: (command: Command) => outcome(decider, state, command) };
}

function outcome<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  command: Command,
) {
  return {
    /** The events that follow, exactly. */
    then(expected: readonly Event[]): void {
      expect(decider.decide(state, command)).toEqual(expected);
    },
    thenNothing(): void {
      expect(decider.decide(state, command)).toEqual([]);
    },
    /** The one event that follows. */
    thenOne(): Event {
      const events = decider.decide(state, command);
      expect(events).toHaveLength(1);
      const [event] = events;
      if (event === undefined) throw new Error('no event followed');
      return event;
    },
    thenRefused(code: RefusalCode, reason: string, field?: string): void {
      const refusal = refusalOf(() => decider.decide(state, command));
      expect({ code: refusal.code, ...refusal.refused[0] }).toMatchObject({
        code,
        reason,
        ...(field === undefined ? {} : { field }),
      });
    },
    /** The law of every decider: what was asked and happened is not asked for a second time. */
    thenOnlyOnce(): void {
      const after = fold(decider.evolve, state, decider.decide(state, command));
      expect(decider.decide(after, command)).toEqual([]);
    },
  };
}

/** The refusal that a function throws. */
export function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
