import { streamOf } from '@ceasewatch/domain/recorded-event';
import { isEventId } from '@ceasewatch/tlog/event-id';
import { type Expected, LOG_LIMITS } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import type { VaultItem } from './event-row.ts';
import type { EventToKeep, KeptVault } from './moved-event.ts';

/**
 * What every adapter refuses before it touches its store, so that both refuse alike: limits in bytes
 * and events, ids, and envelopes that contradict the place they are appended to.
 *
 * @throws EventLogError too_large, malformed_append
 */
export function checkAppend(
  stream: string,
  expected: Expected,
  events: readonly EventToKeep[],
): void {
  if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw malformed(`expected is "none" or a revision, not ${String(expected)}`);
  }
  if (events.length === 0) throw malformed('an append has at least one event');
  limit('events of one append', events.length, LOG_LIMITS.maxEvents);
  if (
    events.length > 1 &&
    new Set(events.map(({ envelope }) => envelope.id)).size < events.length
  ) {
    throw malformed('two events of one append have the same id');
  }
  const next = expected === 'none' ? 0 : expected + 1;
  for (const [at, event] of events.entries()) checkEvent(stream, next + at, event);
  // One leaf alone is far below the limit of an append.
  if (events.length > 1) limit('bytes of one append', bytesOf(events), LOG_LIMITS.maxAppendBytes);
}

function checkEvent(
  stream: string,
  revision: number,
  { envelope, leaf, vault }: EventToKeep,
): void {
  if (!isEventId(envelope.id)) throw malformed(`not an event id: ${envelope.id.slice(0, 60)}`);
  if (streamOf(envelope.subject) !== stream) {
    throw malformed(`an event of ${envelope.subject} does not belong in ${stream}`);
  }
  if (envelope.revision !== revision) {
    throw malformed(`the envelope says revision ${envelope.revision}, its place is ${revision}`);
  }
  // A character takes three bytes at most, so an ordinary leaf need not be measured.
  if (leaf.length * 3 > LOG_LIMITS.maxLeafBytes) {
    limit('bytes of a leaf', Buffer.byteLength(leaf), LOG_LIMITS.maxLeafBytes);
  }
  if (vault !== undefined) checkVault(envelope.data['_sd'], vault);
}

function checkVault(digests: unknown, { disclosures }: KeptVault): void {
  if (!Array.isArray(digests) || digests.length !== disclosures.length) {
    throw malformed('the vault entry does not match the digests of the leaf');
  }
  const disclosed = disclosures.reduce((sum, each) => sum + lengthOf(each), 0);
  limit('bytes disclosed by one event', disclosed, LOG_LIMITS.maxDisclosureBytes);
}

function lengthOf(item: VaultItem): number {
  return typeof item === 'string' ? item.length : 0;
}

function bytesOf(events: readonly EventToKeep[]): number {
  return events.reduce((sum, { leaf }) => sum + Buffer.byteLength(leaf), 0);
}

function limit(what: string, actual: number, most: number): void {
  if (actual <= most) return;
  throw new EventLogError('too_large', `${what}: ${actual}, at most ${most}`, { limit: most });
}

function malformed(why: string): EventLogError {
  return new EventLogError('malformed_append', why);
}
