import type { DomainEvent } from '@ceasewatch/domain/decider';
import type { Actor, Envelope } from '@ceasewatch/domain/recorded-event';
import { followUpEventId } from '@ceasewatch/tlog/event-id';
import type { RecordingTime } from './command-desk.ts';
import type { Expected } from './event-log.ts';
import type { SentEvent } from './same-or-not.ts';

/** Who asks for what, and about whom: what every event of a command has in its envelope. */
export interface CommandAddress {
  /** `observation/0190…`: what the command is about, and so its stream. */
  readonly subject: string;
  /** UUIDv7 or UUIDv8; becomes the id of the first event. */
  readonly commandId: string;
  readonly actor: Actor;
  /** The id of the event that caused this command, if one did. */
  readonly causationId?: string;
}

export interface EventPlace {
  /** Revision of the stream that was decided on. */
  readonly after: Expected;
  readonly time: RecordingTime;
  readonly centreRevision: number | undefined;
  readonly logId: string;
}

/**
 * The envelope of the event at index `at` of what a command decided. Its members stand in the order of
 * canonical JSON already: what is in order costs nothing to sort when it is sealed.
 */
export function addressEvent(
  { subject, commandId, actor, causationId }: CommandAddress,
  { after, time, centreRevision, logId }: EventPlace,
  event: DomainEvent,
  at: number,
): Envelope {
  return {
    authn: actor.authn,
    ...(causationId === undefined ? {} : { causationid: causationId }),
    ...(centreRevision === undefined ? {} : { centrerevision: centreRevision }),
    ...(time.adjusted ? { clockadjusted: true as const } : {}),
    ...(actor.role === 'system' ? {} : { contingent: actor.contingent }),
    correlationid: commandId,
    data: { ...event.data },
    id: at === 0 ? commandId : followUpEventId(commandId, at),
    ...officerOf(actor),
    revision: (after === 'none' ? 0 : after + 1) + at,
    role: actor.role,
    source: `urn:ceasewatch:${logId}`,
    specversion: '1.0',
    subject,
    time: new Date(time.ms).toISOString(),
    type: event.type,
  };
}

/** The same event as far as a repetition is compared. */
export function sentEvent(
  { subject, actor }: CommandAddress,
  event: DomainEvent,
  revision: number,
): SentEvent {
  const envelope = { subject, type: event.type, revision, data: { ...event.data } };
  return { envelope: { ...envelope, ...officerOf(actor) }, disclosed: event.disclosed ?? {} };
}

function officerOf(actor: Actor): { readonly officer?: string } {
  return actor.role === 'system' ? {} : { officer: actor.officer };
}
