import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import type { StatesAnswer } from '@ceasewatch/api/contract/states';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';

/** The dashboard after an event: what its panels would be answered if they asked one by one. */
export interface PlayedState {
  readonly seq: number;
  readonly answer: SituationAnswer;
  readonly recorded: ObservationPage;
}

/** States that are kept: what comes, what is shown, and some that were. */
const MOST_KEPT = 80;

/**
 * The log as it is played: its states are asked for before they are wanted, a second of them in one
 * question. A node makes each of them from the one before, so twenty cost it hardly more than one.
 */
export class Playback {
  readonly #ask: (events: readonly number[]) => Promise<StatesAnswer>;
  readonly #states = new Map<number, Promise<PlayedState>>();
  /** Of the answer before this one: a row that stands in both is the same object, and not drawn anew. */
  #rows: ReadonlyMap<number, ObservationRow> = new Map();

  constructor(ask: (events: readonly number[]) => Promise<StatesAnswer>) {
    this.#ask = ask;
  }

  /**
   * Has the states after these events, ascending; those that are on their way are not asked for again.
   *
   * @throws ApiProblem
   */
  async coming(events: readonly number[]): Promise<void> {
    const unknown = [...new Set(events)].filter((event) => !this.#states.has(event));
    if (unknown.length > 0) this.#askFor(unknown);
    await Promise.all(events.flatMap((event) => this.#states.get(event) ?? []));
  }

  /** The state after an event, which is asked for where it was not coming. @throws ApiProblem */
  async at(event: number): Promise<PlayedState> {
    await this.coming([event]);
    return told(await this.#states.get(event));
  }

  #askFor(events: readonly number[]): void {
    const answered = this.#ask(events).then((answer) => this.#statesOf(answer));
    events.forEach((event, place) => {
      const state = answered.then((states) => told(states[place]));
      this.#states.set(event, state);
      // What could not be had is told to whoever waits for it, and asked once more by the next.
      state.catch(() => this.#states.delete(event));
    });
    const kept = [...this.#states.keys()];
    for (const old of kept.slice(0, Math.max(0, kept.length - MOST_KEPT))) this.#states.delete(old);
  }

  #statesOf({ states, rows, ...stale }: StatesAnswer): readonly PlayedState[] {
    const known = this.#rows;
    const byEvent = new Map(rows.map((row) => [row.fromSeq, known.get(row.fromSeq) ?? row]));
    this.#rows = byEvent;
    return states.map(({ recorded: { versions, ...next }, ...figures }) => {
      const { seq, matching } = figures.situation;
      const items = versions.flatMap((event) => byEvent.get(event) ?? []);
      return {
        seq,
        answer: { ...figures, ...stale },
        recorded: { asOf: seq, items, matching, ...next, ...stale },
      };
    });
  }
}

/** As many are told as were asked for. */
function told<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('fewer states were told than were asked for');
  return value;
}
