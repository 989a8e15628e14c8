import type { Decider, DomainEvent } from '@ceasewatch/domain/decider';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { readEvent } from '@ceasewatch/domain/upcast';
import type { EventLog, Expected, StreamEvent } from './event-log.ts';
import type { EventLogError } from './event-log-error.ts';
import { RecentlyUsed } from './recently-used.ts';

/**
 * States of streams, folded from the log and kept: the next command on the same stream reads only what
 * came since. Nothing in here is the truth; it may be dropped at any moment.
 */
export type Folding<State, Event extends DomainEvent> = Pick<
  Decider<State, never, Event>,
  'initialState' | 'evolve'
>;

export interface StreamState<State> {
  readonly state: State;
  /** What the next append has to expect. */
  readonly revision: Expected;
  /** Revision of the first event of each command, by the command's id. */
  readonly commands: ReadonlyMap<string, number>;
  readonly last: LastEvent | undefined;
  /** Present when it may be out of date, which is nothing to decide on. */
  readonly staleBecause?: EventLogError;
}

export type LastEvent = Pick<StreamEvent, 'seq'> & { readonly id: string; readonly time: string };

interface Kept {
  readonly folding: unknown;
  readonly reached: StreamState<unknown>;
  /** The head of the log when it was read: nothing is newer while the head is the same. */
  readonly head: number;
}

/** Some 2 to 4 KB each; the busiest streams of a centre by far outnumbered. */
const KEPT_STATES = 2_000;

export class StreamStates {
  readonly #log: EventLog;
  readonly #kept = new RecentlyUsed<string, Kept>(KEPT_STATES);

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** The present state of a subject's stream; the initial one when it does not exist. */
  async load<State, Event extends DomainEvent>(
    subject: string,
    folding: Folding<State, Event>,
  ): Promise<StreamState<State>> {
    // Only where this process numbers the events itself does its head know of every append.
    const head = this.#log.traits.numbersAtAppend ? this.#log.head().seq : Number.NaN;
    const known = this.#kept.get(subject);
    const kept = known?.folding === folding ? foldedBy(folding, known.reached) : undefined;
    if (kept !== undefined && known?.head === head) return kept;
    const from = kept === undefined || kept.revision === 'none' ? 0 : kept.revision + 1;
    const { events, staleBecause } = await this.#log.source(streamOf(subject), { from });
    // What was erased must not live on in a state that was folded before.
    if (from > 0 && events.some(({ envelope }) => envelope.type === 'disclosure.erased.v1')) {
      this.#kept.delete(subject);
      return this.load(subject, folding);
    }
    const reached = advance(kept ?? beginning(folding), events, folding);
    // Most streams that do not exist are about to begin, and are then read from their first event.
    if (reached.revision !== 'none') this.#kept.set(subject, { folding, reached, head });
    return staleBecause === undefined ? reached : { ...reached, staleBecause };
  }

  /** The state as of a revision of the stream, inclusive; `none` is before its first event. */
  async loadAsOf<State, Event extends DomainEvent>(
    subject: string,
    folding: Folding<State, Event>,
    revision: Expected,
  ): Promise<StreamState<State>> {
    if (revision === 'none') return beginning(folding);
    const present = await this.load(subject, folding);
    if (present.revision === 'none' || present.revision <= revision) return present;
    const { events } = await this.#log.source(streamOf(subject));
    return advance(
      beginning(folding),
      events.filter(({ envelope }) => envelope.revision <= revision),
      folding,
    );
  }

  /** The state of a stream that no event names a revision of, as it was when `then` was recorded. */
  async loadBefore<State, Event extends DomainEvent>(
    subject: string,
    folding: Folding<State, Event>,
    then: StreamEvent,
  ): Promise<StreamState<State>> {
    const at = { seq: then.seq, time: then.envelope.time };
    const present = await this.load(subject, folding);
    if (present.last === undefined || cameBefore(present.last, at)) return present;
    const { events } = await this.#log.source(streamOf(subject));
    const earlier = events.filter(({ seq, envelope: { time } }) => cameBefore({ seq, time }, at));
    return advance(beginning(folding), earlier, folding);
  }
}

type Moment = Pick<LastEvent, 'seq' | 'time'>;

/** By number; by time where this node has not numbered both. */
function cameBefore(one: Moment, other: Moment): boolean {
  if (one.seq === null || other.seq === null) return one.time <= other.time;
  return one.seq < other.seq;
}

export function advance<State, Event extends DomainEvent>(
  from: StreamState<State>,
  events: readonly StreamEvent[],
  folding: Folding<State, Event>,
): StreamState<State> {
  if (events.length === 0) return from;
  const commands = new Map(from.commands);
  let { state, revision, last } = from;
  for (const event of events) {
    const { id, time, correlationid } = event.envelope;
    state = folding.evolve(state, ofItsStream<Event>(readEvent(event)));
    revision = event.envelope.revision;
    last = { id, time, seq: event.seq };
    if (correlationid === id) commands.set(id, revision);
  }
  return { state, revision, last, commands };
}

export function beginning<State, Event extends DomainEvent>(
  folding: Folding<State, Event>,
): StreamState<State> {
  return { state: folding.initialState, revision: 'none', last: undefined, commands: new Map() };
}

/** Only the events of one noun are ever appended to its streams, so its folding knows them all. */
function ofItsStream<Event extends DomainEvent>(event: DomainEvent): Event {
  return event as Event;
}

/** A state is kept beside the folding that made it, so the same folding gets its own type back. */
function foldedBy<State, Event extends DomainEvent>(
  _folding: Folding<State, Event>,
  reached: StreamState<unknown>,
): StreamState<State> {
  return reached as StreamState<State>;
}
