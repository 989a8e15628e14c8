/**
 * What it means to decide: a pure function from what has happened and what is asked to what happens
 * next. The writer, the importer, the exercise and the auditor run the same function.
 */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
  /** Name → value of what stays out of the leaf: narrative, names, text as entered. */
  readonly disclosed?: Disclosable;
}

/** Values that become salted digests in the leaf and lie in the vault. */
export type Disclosable = Readonly<Record<string, string>>;

export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initialState: State;
  /**
   * Returns the events that follow, none if the command changes nothing.
   *
   * @throws Refusal when the command is against today's rules
   */
  decide(state: State, command: Command): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** Folds events into a state, from the first or from a state already reached. */
export function fold<State, Event>(
  evolve: (state: State, event: Event) => State,
  state: State,
  events: Iterable<Event>,
): State {
  let folded = state;
  for (const event of events) folded = evolve(folded, event);
  return folded;
}
