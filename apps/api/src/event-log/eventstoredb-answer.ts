import { subjectOf } from '@ceasewatch/domain/recorded-event';
import type { Appended, AppendedEvent, EventToAppend, Expected, StreamEvent } from './event-log.ts';
import { EventLogError, idReused } from './event-log-error.ts';
import { openedDisclosure } from './event-row.ts';
import { isSame } from './same-or-not.ts';

/** What the log on a cluster says of an append: what was kept, or why it is not what was sent. */
const NOT_NUMBERED = -1;

/** What an append is answered: `kept` as it stands in the log, in the order it was sent. */
export function appendedOf(
  outcome: Appended['outcome'],
  kept: readonly Pick<StreamEvent, 'seq' | 'envelope'>[],
): Appended {
  const events = kept.map(({ seq, envelope }): AppendedEvent => {
    const { id, type, revision, time } = envelope;
    return { id, type, revision, time, seq };
  });
  return { outcome, revision: events.at(-1)?.revision ?? 0, events };
}

/** What is written now, and has no number yet. */
export function writtenOf(events: readonly EventToAppend[]): Appended {
  const unnumbered = events.map(({ envelope }) => ({ seq: null, envelope }));
  return appendedOf('appended', unnumbered);
}

/**
 * Whether what stands in the log is what was sent (T27).
 *
 * @throws EventLogError id_reused
 */
export function checkSame(
  stream: string,
  kept: StreamEvent,
  { envelope, vault }: EventToAppend,
): void {
  const opened = vault?.disclosures.map((each) => openedDisclosure(each, NOT_NUMBERED)) ?? [];
  const disclosed = Object.fromEntries(opened.map(({ name, value }) => [name, value]));
  const isThere = kept.envelope.id === envelope.id && kept.envelope.subject === subjectOf(stream);
  if (isThere && isSame(kept, { envelope, disclosed })) return;
  throw idReused(envelope.id);
}

/** The stream is not where the sender believed. */
export function conflict(stream: string, expected: Expected, actual: Expected): EventLogError {
  const facts = { stream, expected, actual };
  const why = `${stream} is at ${actual}, not at ${expected}`;
  return new EventLogError('wrong_expected_revision', why, facts);
}
