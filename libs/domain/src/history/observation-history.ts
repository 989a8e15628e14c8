import { type CeasefireState } from '../ceasefire/ceasefire.decider.ts';
import type { CentreState } from '../centre/centre-state.ts';
import { judgeMs, millisOf } from '../measure/instant.ts';
import { resolve } from '../measure/resolve.ts';
import { mayChange, mayRecord } from '../observation/authority.ts';
import type { ObservationContent, ObservationEvent } from '../observation/observation.events.ts';
import { refuseBadText } from '../observation/public-text.ts';
import {
  type ObservationContext,
  refuseWrongCasualties,
  surroundings,
} from '../observation/report-reading.ts';
import { Refusal } from '../refusal.ts';
import { sameValue } from '../same-value.ts';
import { type Fault, forbidden } from './fault.ts';
import { SubjectNumbers } from './subject-numbers.ts';

/**
 * Observations as they were told, corrected and taken back. What was entered is not in the log, but what
 * was made of it is: version by version, on whose authority, at a time and a place that the centre of
 * then allows. Of each observation only a few words are kept, for there may be a million.
 */
interface Standing {
  readonly version: number;
  readonly status: 'recorded' | 'retracted';
  readonly origin: ObservationContent['origin'];
  readonly unit: string;
}

type Told = Exclude<ObservationEvent, { type: 'disclosure.erased.v1' }>;

export class ObservationHistory {
  readonly #numbers = new SubjectNumbers();
  /** By the subject's number, each one of those that are shared. */
  readonly #standing: (Standing | undefined)[] = [];
  /** Most observations stand alike; one object serves them all. */
  readonly #shared = new Map<string, Standing>();

  judge(subject: string, event: ObservationEvent, context: ObservationContext): Fault | undefined {
    // An erasure changes what may be shown, never what was told.
    if (event.type === 'disclosure.erased.v1') return undefined;
    const number = this.#numbers.of(subject);
    const before = this.#standing[number];
    const fault = faultOf(before, event, context);
    this.#stand(number, before, event);
    return fault;
  }

  #stand(number: number, before: Standing | undefined, event: Told): void {
    switch (event.type) {
      case 'observation.recorded.v1':
        return this.#put(number, 1, 'recorded', event.data);
      case 'observation.corrected.v1':
        return this.#put(number, event.data.corrects + 1, 'recorded', event.data);
      case 'observation.retracted.v1':
        return before && this.#put(number, before.version, 'retracted', before);
      case 'observation.reinstated.v1':
        return before && this.#put(number, before.version, 'recorded', before);
      default:
        return event satisfies never;
    }
  }

  #put(
    number: number,
    version: number,
    status: Standing['status'],
    { origin, unit }: Pick<Standing, 'origin' | 'unit'>,
  ): void {
    const key = `${version} ${status} ${origin} ${unit}`;
    const standing = this.#shared.get(key) ?? { version, status, origin, unit };
    this.#shared.set(key, standing);
    this.#standing[number] = standing;
  }
}

function faultOf(
  before: Standing | undefined,
  event: Told,
  context: ObservationContext,
): Fault | undefined {
  try {
    return (
      orderFault(before, event) ??
      (event.type === 'observation.recorded.v1' || event.type === 'observation.corrected.v1'
        ? contentFault(event.data, before, context)
        : changeFault(before, context))
    );
  } catch (error) {
    if (error instanceof Refusal) return forbidden(error.message);
    throw error;
  }
}

function orderFault(before: Standing | undefined, event: Told): Fault | undefined {
  if (event.type === 'observation.recorded.v1') {
    return before && forbidden('it was recorded before');
  }
  if (before === undefined) return forbidden('it was never recorded');
  const named = versionNamed(event);
  if (named !== before.version) {
    return forbidden(`it names version ${named}, and version ${before.version} stood`);
  }
  const needed = event.type === 'observation.reinstated.v1' ? 'retracted' : 'recorded';
  return before.status === needed ? undefined : forbidden(`it was ${before.status} then`);
}

function versionNamed(event: Exclude<Told, { type: 'observation.recorded.v1' }>): number {
  switch (event.type) {
    case 'observation.corrected.v1':
      return event.data.corrects;
    case 'observation.retracted.v1':
      return event.data.retracts;
    case 'observation.reinstated.v1':
      return event.data.reinstates;
    default:
      return event satisfies never;
  }
}

/** @throws Refusal */
function changeFault(before: Standing | undefined, context: ObservationContext): undefined {
  if (before !== undefined) mayChange(before, context);
}

/** @throws Refusal */
function contentFault(
  content: ObservationContent,
  before: Standing | undefined,
  context: ObservationContext,
): Fault | undefined {
  changeFault(before, context);
  mayRecord(content, context);
  refuseBadText(content);
  refuseWrongCasualties(content);
  return (
    originFault(content, before, context.centre) ??
    timeFault(content, context.ceasefire, context.now) ??
    placeFault(content, context.centre)
  );
}

function originFault(
  { origin, unit }: ObservationContent,
  before: Standing | undefined,
  centre: CentreState,
): Fault | undefined {
  const known = centre.status === 'none' ? undefined : centre.units.get(unit);
  if (known === undefined) return forbidden('its unit is not known');
  if (origin !== (known.kind === 'external_source' ? 'external' : 'unit')) {
    return forbidden('its unit has another origin');
  }
  if (before === undefined || before.origin === origin) return undefined;
  return forbidden('a correction keeps the origin');
}

/**
 * The first instant is stored downwards to the precision it was told with, so it is held against the
 * clock as it stands and against the ceasefire by the end of its period.
 */
function timeFault(
  { origin, when }: ObservationContent,
  ceasefire: CeasefireState,
  now: number,
): Fault | undefined {
  if (origin === 'external') return undefined;
  const from = millisOf(when.from);
  try {
    judgeMs(from, { now }, 'when.from');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const why = `it was recorded ${Math.round((from - now) / 1_000)} s before it began to happen`;
    return { kind: 'occurs_after_recorded', why };
  }
  const earliest = when.precision === 'period' ? from : millisOf(when.to) - 1;
  if (ceasefire.status !== 'none' && earliest < millisOf(ceasefire.inForceAt)) {
    return forbidden('it happened before the ceasefire');
  }
  return undefined;
}

function placeFault({ where, when }: ObservationContent, centre: CentreState): Fault | undefined {
  if (where.form === 'unknown') return undefined;
  const { resolved, ...place } = where;
  const again = resolve(place, surroundings(centre, when.from));
  if (sameValue(again, resolved)) return undefined;
  const why =
    again === undefined
      ? 'its place cannot be resolved'
      : `its place resolves to ${again.lat}, ${again.lon} within ${again.errorM} m`;
  return { kind: 'resolved_otherwise', why };
}
