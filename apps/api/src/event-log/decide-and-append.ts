import type { Decider, DomainEvent } from '@ceasewatch/domain/decider';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { Refusal } from '@ceasewatch/domain/refusal';
import { checkEvent } from '@ceasewatch/domain/upcast';
import { addressEvent, type CommandAddress, sentEvent } from './address-event.ts';
import type { CommandDesk } from './command-desk.ts';
import type { Appended, AppendedEvent, Expected, StreamEvent } from './event-log.ts';
import { EventLogError, idReused, isEventLogError } from './event-log-error.ts';
import type { JudgedAgainst } from './judged-against.ts';
import { isSame } from './same-or-not.ts';
import { sealEvent } from './seal-event.ts';
import { advance, beginning, type StreamState } from './stream-states.ts';

/**
 * The one way in which anything changes: load the stream, let the decider decide, append what follows
 * at exactly the revision that was decided on. Whoever asks again with the same id gets the first
 * answer again, or is told that the id was used for something else; whoever loses a race decides anew.
 */
export interface Deciding<
  State,
  Command,
  Event extends DomainEvent,
  Against,
> extends CommandAddress {
  readonly decider: Decider<State, Command, Event>;
  /**
   * The command as it is to be judged. Called once per attempt, with the time that will be recorded;
   * for a repeated command with the time of its first answer and what it was judged against then.
   */
  readonly command: (basis: Basis<Against>) => Command;
  readonly against: JudgedAgainst<Against>;
  /** Only if the sender named it (`If-Match`): then a conflict is the sender's to resolve. */
  readonly expectedRevision?: Expected;
  /** When it is recorded, milliseconds since 1970: the generator of an exercise only. */
  readonly at?: number;
}

export interface Basis<Against> {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly against: Against;
}

export interface Decided<Against> {
  /** `unchanged`: what was asked is already so; nothing was appended. */
  readonly outcome: Appended['outcome'] | 'unchanged';
  readonly stream: string;
  /** Of the first event: the command's id. When unchanged, of the last event of the stream. */
  readonly id: string;
  /** Of the last of these events. */
  readonly revision: number;
  /** Number of the first of these events; `null` while this node has not numbered it. */
  readonly seq: number | null;
  readonly recordedAt: string;
  readonly events: readonly AppendedEvent[];
  /** What it was judged with, so that warnings can be told again. */
  readonly basis: Basis<Against>;
}

/** Racing writers of one stream give up in turn; more losses in a row than this are an overload. */
const MOST_ATTEMPTS = 16;

/** @throws Refusal, EventLogError, and MalformedEvent for a decider that made what nobody could read */
export async function decideAndAppend<State, Command, Event extends DomainEvent, Against>(
  desk: CommandDesk,
  deciding: Deciding<State, Command, Event, Against>,
): Promise<Decided<Against>> {
  const secrets = new Map<string, Uint8Array>();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(desk, deciding, secrets);
    } catch (error) {
      if (attempt >= MOST_ATTEMPTS || !isWorthAnotherAttempt(error, deciding, secrets)) throw error;
    }
  }
}

async function attemptOnce<State, Command, Event extends DomainEvent, Against>(
  desk: CommandDesk,
  deciding: Deciding<State, Command, Event, Against>,
  secrets: Map<string, Uint8Array>,
): Promise<Decided<Against>> {
  const { decider, subject, commandId, expectedRevision } = deciding;
  const loaded = await desk.states.load(subject, decider);
  const first = loaded.commands.get(commandId);
  if (first !== undefined) return repeated(desk, deciding, first);
  // A first answer is one for ever; anything else, a refusal too, might be untrue by now.
  if (loaded.staleBecause !== undefined) throw loaded.staleBecause;
  const against = await deciding.against.load(desk.states);
  const moved = expectedRevision !== undefined && expectedRevision !== loaded.revision;
  // Of what does not exist the decider says so; "it has moved on" would be misleading.
  if (moved && loaded.revision !== 'none') {
    throw conflict(subject, expectedRevision, loaded.revision);
  }

  // From here to the append nothing waits: times stand in the log in the order they were issued.
  const time = desk.recordingTime(deciding.at, loaded.last?.time);
  const basis = { now: time.ms, against: against.state };
  const decided = decideAt(loaded, decider, deciding.command(basis));
  if (moved) throw conflict(subject, expectedRevision, loaded.revision);
  if (decided.length === 0) return unchanged(subject, loaded, basis);
  const { logId } = desk.log.head();
  const place = { after: loaded.revision, time, centreRevision: against.revision, logId };
  const events = decided.map((event, at) => {
    checkEvent(event);
    const envelope = addressEvent(deciding, place, event, at);
    return sealEvent(envelope, event.disclosed, () => secretOf(envelope.id, desk, secrets));
  });
  const stream = streamOf(subject);
  const appended = await desk.issue(time.ms, () => desk.append(stream, loaded.revision, events));
  const [recorded] = appended.events;
  if (recorded !== undefined && Date.parse(recorded.time) !== time.ms) {
    // The same was sent twice at once, and the other was first: what is said of his holds for both.
    const { commands } = await desk.states.load(subject, decider);
    const other = commands.get(commandId);
    if (other !== undefined) return repeated(desk, deciding, other);
  }
  return answer(stream, appended, basis);
}

/** A decider knows versions; where the stream stands is known here. */
function decideAt<State, Command, Event extends DomainEvent>(
  { state, revision }: StreamState<State>,
  decider: Decider<State, Command, Event>,
  command: Command,
): readonly Event[] {
  try {
    return decider.decide(state, command);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'revision_conflict' || revision === 'none') {
      throw error;
    }
    throw new Refusal(error.code, error.refused, revision);
  }
}

/**
 * Decides again what was decided then, on the state before it, and compares.
 *
 * @throws EventLogError id_reused
 * @throws Refusal where the rules have become stricter since: whether it is the same cannot be told
 */
async function repeated<State, Command, Event extends DomainEvent, Against>(
  desk: CommandDesk,
  deciding: Deciding<State, Command, Event, Against>,
  first: number,
): Promise<Decided<Against>> {
  const { decider, subject, commandId, expectedRevision } = deciding;
  const { events } = await desk.log.source(streamOf(subject));
  const before = advance(beginning(decider), events.slice(0, first), decider);
  const kept = events.slice(first).filter(({ envelope }) => envelope.correlationid === commandId);
  const of = kept[0];
  if (of === undefined || !isBySameOfficer(of, deciding)) throw idReused(commandId);
  if (expectedRevision !== undefined && expectedRevision !== before.revision) {
    throw idReused(commandId);
  }
  const against = await deciding.against.load(desk.states, of);
  const basis = { now: Date.parse(of.envelope.time), against: against.state };
  const decided = decideAgain(decider, before.state, deciding.command(basis));
  const same =
    decided?.length === kept.length &&
    decided.every((event, at) => {
      const there = kept[at];
      return there !== undefined && isSame(there, sentEvent(deciding, event, first + at));
    });
  if (!same) throw idReused(commandId);
  const appended: Appended = {
    outcome: 'already',
    revision: first + kept.length - 1,
    events: kept.map(({ seq, envelope: { id, type, revision, time } }) => {
      return { id, type, revision, time, seq };
    }),
  };
  return answer(streamOf(subject), appended, basis);
}

/** What follows today; undefined where it speaks of another place than what was asked then. */
function decideAgain<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  command: Command,
): readonly Event[] | undefined {
  try {
    return decider.decide(state, command);
  } catch (error) {
    // On the same state another version or thing was named. Any other refusal may be of a younger rule,
    // and then nobody can say that the id was used for something else.
    if (error instanceof Refusal && NAMES_ANOTHER.has(error.code)) return undefined;
    throw error;
  }
}

const NAMES_ANOTHER: ReadonlySet<Refusal['code']> = new Set([
  'id_reused',
  'not_found',
  'revision_conflict',
]);

function isBySameOfficer({ envelope }: StreamEvent, { actor }: CommandAddress): boolean {
  return envelope.officer === (actor.role === 'system' ? undefined : actor.officer);
}

/** One secret per event id, also when the command is decided a second time. */
function secretOf(
  eventId: string,
  desk: CommandDesk,
  secrets: Map<string, Uint8Array>,
): Uint8Array {
  const secret = secrets.get(eventId) ?? desk.drawSecret(eventId);
  secrets.set(eventId, secret);
  return secret;
}

function answer<Against>(
  stream: string,
  appended: Appended,
  basis: Basis<Against>,
): Decided<Against> {
  const { outcome, revision, events } = appended;
  const [first] = events;
  if (first === undefined) throw new EventLogError('malformed_append', 'nothing was appended');
  return {
    outcome,
    stream,
    id: first.id,
    revision,
    seq: first.seq,
    recordedAt: first.time,
    events,
    basis,
  };
}

function unchanged<Against>(
  subject: string,
  { revision, last }: StreamState<unknown>,
  basis: Basis<Against>,
): Decided<Against> {
  if (last === undefined || revision === 'none') {
    throw new EventLogError(
      'malformed_append',
      `nothing was decided about ${subject}, which does not exist`,
    );
  }
  const { id, seq, time } = last;
  const stream = streamOf(subject);
  return { outcome: 'unchanged', stream, id, revision, seq, recordedAt: time, events: [], basis };
}

/** A lost race is decided anew; a secret that the vault knows already is used instead of the drawn one. */
function isWorthAnotherAttempt(
  error: unknown,
  { expectedRevision }: { readonly expectedRevision?: Expected },
  secrets: Map<string, Uint8Array>,
): boolean {
  if (isEventLogError(error, 'wrong_expected_revision')) return expectedRevision === undefined;
  if (!isEventLogError(error, 'secret_already_drawn')) return false;
  const { eventId, secret } = error.facts;
  if (eventId === undefined || secret === undefined) return false;
  secrets.set(eventId, secret);
  return true;
}

function conflict(subject: string, expected: Expected, actual: Expected): EventLogError {
  const stream = streamOf(subject);
  return new EventLogError(
    'wrong_expected_revision',
    `${stream} is at ${actual}, not at ${expected}`,
    { stream, expected, actual },
  );
}
