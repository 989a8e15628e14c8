import type { z } from 'zod';
import { CEASEFIRE_EVENTS, type CeasefireEvent } from './ceasefire/ceasefire.events.ts';
import { CENTRE_EVENTS, type CentreEvent } from './centre/centre.events.ts';
import type { DomainEvent } from './decider.ts';
import { logOpened, type LogOpened } from './log/log.events.ts';
import { OBSERVATION_EVENTS, type ObservationEvent } from './observation/observation.events.ts';
import type { Disclosed, Envelope } from './recorded-event.ts';
import { testOf } from './schema-test.ts';

/**
 * From the bytes of any year to the events of today. What was written is never touched: a type that
 * grows gets a new version, and the old one an upcaster here, which runs after reading.
 *
 * Two readers: the node trusts its own log and only upcasts, because it held every event against its
 * schema before it sealed it (`checkEvent`); an auditor trusts nothing and validates.
 */
export type KnownEvent = LogOpened | CentreEvent | CeasefireEvent | ObservationEvent;

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'log.opened.v1': logOpened,
  ...CENTRE_EVENTS,
  ...CEASEFIRE_EVENTS,
  ...OBSERVATION_EVENTS,
};
/** Whether data surely fits; where not, its schema says what is wrong. */
const TESTS = new Map(Object.entries(SCHEMAS).map(([type, schema]) => [type, testOf(schema)]));

/** Old type → how it reads today. Empty while every type is at its first version. */
const UPCASTERS: Readonly<Record<string, (data: Envelope['data']) => DomainEvent>> = {};

export class UnknownEventType extends Error {
  readonly type: string;

  constructor(type: string) {
    super(`This version does not know events of type ${type}; it is older than the log.`);
    this.name = 'UnknownEventType';
    this.type = type;
  }
}

export class MalformedEvent extends Error {
  readonly type: string;
  readonly field: string;

  constructor(
    type: string,
    issue: { readonly path: readonly PropertyKey[]; readonly message: string },
  ) {
    const field = issue.path.map(String).join('.');
    super(`An event of type ${type} is malformed at ${field}: ${issue.message}`);
    this.name = 'MalformedEvent';
    this.type = type;
    this.field = field;
  }
}

export const KNOWN_TYPES: readonly string[] = Object.keys(SCHEMAS);

type Read = {
  readonly envelope: Pick<Envelope, 'type' | 'data'>;
  readonly disclosed?: Readonly<Record<string, Disclosed>>;
};

/**
 * The event of today, with what may be shown of its disclosures. It trusts the log's own bytes.
 *
 * @throws UnknownEventType
 */
export function readEvent({ envelope, disclosed = {} }: Read): KnownEvent {
  const { type } = envelope;
  if (UPCASTERS[type] === undefined && SCHEMAS[type] === undefined)
    throw new UnknownEventType(type);
  return eventOf(type, withoutDigests(envelope), disclosed);
}

/**
 * The same, of bytes from elsewhere: the data is held against the schema of its type.
 *
 * @throws UnknownEventType, MalformedEvent
 */
export function validateEvent({ envelope, disclosed = {} }: Read): KnownEvent {
  const { type } = envelope;
  const data = withoutDigests(envelope);
  checkEvent({ type, data });
  return eventOf(type, data, disclosed);
}

function withoutDigests({ data }: Read['envelope']): Envelope['data'] {
  if (data['_sd'] === undefined) return data;
  const { _sd, ...rest } = data;
  return rest;
}

/** Of today, from data that fits its type. */
function eventOf(
  type: string,
  data: Envelope['data'],
  disclosed: NonNullable<Read['disclosed']>,
): KnownEvent {
  const upcast = UPCASTERS[type];
  const shown = shownOf(disclosed);
  return trusted(
    upcast === undefined ? { type, data, disclosed: shown } : { ...upcast(data), disclosed: shown },
  );
}

/**
 * Holds what was decided against the schema of its type. What does not fit is a defect of the decider, to
 * be found before it lies in the log for ever.
 *
 * @param event without digests
 * @throws UnknownEventType, MalformedEvent
 */
export function checkEvent({ type, data }: Pick<DomainEvent, 'type' | 'data'>): void {
  if (TESTS.get(type)?.(data) === true) return;
  const schema = SCHEMAS[type];
  if (schema === undefined) throw new UnknownEventType(type);
  const [issue] = schema.safeParse(data).error?.issues ?? [];
  if (issue !== undefined) throw new MalformedEvent(type, issue);
}

function shownOf(disclosed: Readonly<Record<string, Disclosed>>): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const name in disclosed) {
    const each = disclosed[name];
    if (each?.state === 'shown') shown[name] = each.value;
  }
  return shown;
}

/** The one place where stored data is believed to have its type: it was validated before it was written. */
function trusted(event: DomainEvent): KnownEvent {
  return event as KnownEvent;
}
