import { ceasefireDecider, type CeasefireState } from '../ceasefire/ceasefire.decider.ts';
import type { CeasefireEvent } from '../ceasefire/ceasefire.events.ts';
import type { CentreEvent } from '../centre/centre.events.ts';
import { millisOf } from '../measure/instant.ts';
import type { ObservationEvent } from '../observation/observation.events.ts';
import type { Actor, Envelope } from '../recorded-event.ts';
import { Refusal } from '../refusal.ts';
import type { KnownEvent } from '../upcast.ts';
import { CentreHistory } from './centre-history.ts';
import { type Fault, forbidden } from './fault.ts';
import { ObservationHistory } from './observation-history.ts';

/**
 * A log told again from its beginning: every event is judged on what lay before it, by the rules of its
 * noun and by the centre that it says it was judged against. A log that was tampered with so that its hashes
 * fit again still has to be one that this program could have written.
 *
 * What was typed and what was withheld cannot be judged again; a place is resolved anew from its stored form.
 */
export class History {
  readonly #centre = new CentreHistory();
  readonly #observations = new ObservationHistory();
  readonly #lost = new Set<string>();
  #ceasefire: CeasefireState = ceasefireDecider.initialState;

  /** Judges the next event in the order of the log, validated. Undefined: it is what could have followed. */
  judge(envelope: Envelope, event: KnownEvent): Fault | undefined {
    const { subject } = envelope;
    if (this.#lost.has(subject)) return undefined;
    const noun = subject.slice(0, subject.indexOf('/'));
    // A stream of each noun has the events of its own, and erasures of what they disclosed.
    if (event.type === 'disclosure.erased.v1') return undefined;
    if (event.type === 'log.opened.v1') return this.#opened(envelope);
    if (noun === 'ceasefire' && isOfCeasefire(event)) return this.#judgeCeasefire(event);
    if (noun === 'centre' && isOfCentre(event)) return this.#centre.judge(event, envelope);
    if (noun === 'observation' && isOfObservation(event)) {
      return this.#judgeObservation(envelope, event);
    }
    return forbidden(`a stream of ${noun} has no ${event.type}`);
  }

  /**
   * An event of this subject could not be read: nothing that follows it there is judged, and nothing of
   * observations after one of the centre or the ceasefire.
   */
  lose(subject: string): void {
    this.#lost.add(subject);
  }

  #opened({ revision }: Envelope): Fault | undefined {
    return revision === 0 ? undefined : forbidden('a log is opened once');
  }

  #judgeCeasefire(event: CeasefireEvent): Fault | undefined {
    const before = this.#ceasefire;
    this.#ceasefire = ceasefireDecider.evolve(before, event);
    try {
      const command =
        event.type === 'ceasefire.declared.v1'
          ? ({ type: 'declare', data: event.data } as const)
          : ({ type: 'end', data: event.data } as const);
      if (ceasefireDecider.decide(before, command).length === 1) return undefined;
      return forbidden('it changes nothing, so it would not have been recorded');
    } catch (error) {
      if (error instanceof Refusal) return forbidden(error.message);
      throw error;
    }
  }

  #judgeObservation(envelope: Envelope, event: ObservationEvent): Fault | undefined {
    if ([...this.#lost].some((each) => !each.startsWith('observation/'))) return undefined;
    const { subject, id, centrerevision } = envelope;
    if (event.type === 'observation.recorded.v1' && subject !== `observation/${id}`) {
      return forbidden('an observation has the id of the event that recorded it');
    }
    if (centrerevision === undefined || centrerevision > this.#centre.revision) {
      return forbidden('it was judged against a centre that was not there yet');
    }
    const actor = actorOf(envelope);
    if (actor === undefined) return forbidden('it does not say who recorded it');
    return this.#observations.judge(subject, event, {
      centre: this.#centre.at(centrerevision),
      ceasefire: this.#ceasefire,
      now: millisOf(envelope.time),
      actor,
    });
  }
}

function actorOf({ role, authn, officer, contingent }: Envelope): Actor | undefined {
  if (role === 'system') return authn === 'system' ? { role, authn } : undefined;
  if (authn === 'system' || officer === undefined || contingent === undefined) return undefined;
  return { role, authn, officer, contingent };
}

function isOfCeasefire(event: KnownEvent): event is CeasefireEvent {
  return event.type.startsWith('ceasefire.');
}

function isOfObservation(event: KnownEvent): event is ObservationEvent {
  return event.type.startsWith('observation.');
}

/** Whatever of the known events belongs to no other noun. */
function isOfCentre(event: KnownEvent): event is CentreEvent {
  return !isOfCeasefire(event) && !isOfObservation(event) && event.type !== 'log.opened.v1';
}
