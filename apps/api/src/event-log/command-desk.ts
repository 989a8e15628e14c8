import type { Appended, EventLog, EventToAppend, Expected } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { StreamStates } from './stream-states.ts';

/**
 * What every command of a node shares: the log, the clock, the source of secrets, the states that
 * were folded before. One desk per log; `decideAndAppend` works at it.
 */
export interface CommandDeskOptions {
  readonly log: EventLog;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** 32 random bytes for the event with this id; an exercise makes them from its seed. */
  readonly drawSecret: (eventId: string) => Uint8Array;
}

export interface RecordingTime {
  /** Milliseconds since 1970, never earlier than any time recorded or about to be. */
  readonly ms: number;
  /** The clock was behind the log and the time had to be lifted. */
  readonly adjusted: boolean;
}

export class CommandDesk {
  readonly log: EventLog;
  readonly states: StreamStates;
  readonly drawSecret: (eventId: string) => Uint8Array;
  readonly #now: () => number;
  #inFlight = 0;
  #latestIssued = 0;

  constructor({ log, now, drawSecret }: CommandDeskOptions) {
    this.log = log;
    this.states = new StreamStates(log);
    this.drawSecret = drawSecret;
    this.#now = now;
  }

  /**
   * The time to record, now. The queue before the log keeps the order of appends, so times that are
   * issued and appended without waiting in between are in order in the log too.
   *
   * @param at the generator's time; in an exercise only
   * @param last the time of the event before it in its stream, which another node may have written
   */
  recordingTime(at?: number, last = ''): RecordingTime {
    const { time, exercise } = this.log.head();
    if (at !== undefined && !exercise) {
      throw new EventLogError(
        'malformed_append',
        'only an exercise may say when something was recorded',
      );
    }
    const now = at ?? this.#now();
    const ms = Math.max(now, Date.parse(last > time ? last : time), this.#latestIssued);
    return { ms, adjusted: ms > now };
  }

  /** Appends, and waits for the numbers: who asked finds what was recorded in the next answer of this node. */
  async append(
    stream: string,
    expected: Expected,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    return this.log.numbered(stream, await this.log.append(stream, expected, events));
  }

  /** Runs an append whose events carry `ms`; while it is under way no earlier time is issued. */
  async issue<Result>(ms: number, append: () => Promise<Result>): Promise<Result> {
    this.#latestIssued = Math.max(this.#latestIssued, ms);
    this.#inFlight += 1;
    try {
      return await append();
    } finally {
      this.#inFlight -= 1;
      // A time that was not recorded after all (a clock that jumped ahead) binds nobody.
      if (this.#inFlight === 0) this.#latestIssued = 0;
    }
  }
}
