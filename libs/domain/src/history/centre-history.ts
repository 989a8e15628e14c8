import { type CentreCommand, centreDecider } from '../centre/centre.decider.ts';
import type { CentreEvent } from '../centre/centre.events.ts';
import { type CentreState, NO_CENTRE } from '../centre/centre-state.ts';
import type { Envelope } from '../recorded-event.ts';
import { Refusal } from '../refusal.ts';
import { type Fault, forbidden } from './fault.ts';

/**
 * The centre as it grew: each event is decided again on what was there before it, and the state of any
 * revision can be asked for, because an observation names the one that it was judged against.
 */
const KEPT = 64;

export class CentreHistory {
  readonly #events: CentreEvent[] = [];
  /** The last states by revision; an older one is folded again. */
  readonly #states = new Map<number, CentreState>();
  #subject: string | undefined;
  #founding: string | undefined;
  #state: CentreState = NO_CENTRE;

  /** Revision of the last event, -1 before the first. */
  get revision(): number {
    return this.#events.length - 1;
  }

  judge(event: CentreEvent, { subject, correlationid }: Envelope): Fault | undefined {
    const fault = this.#fault(event, subject, correlationid);
    this.#subject ??= subject;
    if (event.type === 'centre.established.v1') this.#founding = correlationid;
    this.#state = centreDecider.evolve(this.#state, event);
    this.#events.push(event);
    this.#keep(this.revision, this.#state);
    return fault;
  }

  /** The centre as it was after this revision, which must be there. */
  at(revision: number): CentreState {
    const known = this.#states.get(revision);
    if (known !== undefined) return known;
    let state: CentreState = NO_CENTRE;
    for (const event of this.#events.slice(0, revision + 1)) {
      state = centreDecider.evolve(state, event);
    }
    this.#keep(revision, state);
    return state;
  }

  #keep(revision: number, state: CentreState): void {
    this.#states.set(revision, state);
    const [oldest] = this.#states.keys();
    if (this.#states.size > KEPT && oldest !== undefined) this.#states.delete(oldest);
  }

  #fault(event: CentreEvent, subject: string, command: string | undefined): Fault | undefined {
    if (this.#subject !== undefined && this.#subject !== subject) {
      return forbidden('a log has one centre');
    }
    if (event.type === 'centre.established.v1') {
      return this.#state.status === 'none' ? undefined : forbidden('the centre is established');
    }
    try {
      const decided = centreDecider.decide(this.#state, commandOf(event));
      // A centre's file may tell the same strength twice; it is recorded as it was told.
      const isFounding = command !== undefined && command === this.#founding;
      if (decided.length === 1 || isFounding) return undefined;
      return forbidden('it changes nothing, so it would not have been recorded');
    } catch (error) {
      if (error instanceof Refusal) return forbidden(error.message);
      throw error;
    }
  }
}

/** The command that an event answers; its data is the command's. */
function commandOf(event: Exclude<CentreEvent, { type: 'centre.established.v1' }>): CentreCommand {
  switch (event.type) {
    case 'centre.calendar-set.v1':
      return { type: 'set_calendar', data: event.data };
    case 'contingent.admitted.v1':
      return { type: 'admit_contingent', data: event.data };
    case 'contingent.strength-reported.v1':
      return { type: 'report_strength', data: event.data };
    case 'unit.opened.v1':
      return { type: 'open_unit', data: event.data };
    case 'unit.moved.v1':
      return { type: 'move_unit', data: event.data };
    case 'unit.closed.v1':
      return { type: 'close_unit', data: event.data };
    case 'area.defined.v1':
      return { type: 'define_area', data: event.data };
    case 'area.revised.v1':
      return { type: 'revise_area', data: event.data };
    case 'officer.enrolled.v1':
      return { type: 'enrol_officer', data: event.data };
    case 'officer.withdrawn.v1':
      return { type: 'withdraw_officer', data: event.data };
    default:
      return event satisfies never;
  }
}
