import { type Envelope, streamOf } from '@ceasewatch/domain/recorded-event';
import { newEventId } from '@ceasewatch/tlog/event-id';
import type { Appended, EventLog, EventToAppend, Expected } from '../event-log.ts';
import { sealEvent } from '../seal-event.ts';

/**
 * Events for tests of the log itself, where only their place and their bytes matter. Everything
 * follows from numbers, so that a failing run can be repeated.
 */
export const FIRST_INSTANT = Date.UTC(2026, 7, 15, 20);

/** A UUIDv7 that depends on `n` alone. */
export function testId(n: number): string {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  return newEventId(FIRST_INSTANT + n, random);
}

export function testStream(n: number): string {
  return streamOf(`observation/${testId(n)}`);
}

export interface TestEvent {
  /** Number of the stream; also of the event's id where `id` is not given. */
  readonly stream: number;
  readonly revision?: number;
  readonly id?: number;
  readonly type?: string;
  readonly data?: Envelope['data'];
  readonly disclosed?: Readonly<Record<string, string>>;
  readonly time?: number;
  readonly officer?: string;
  readonly secret?: number;
}

export function testEvent(event: TestEvent): EventToAppend {
  const {
    stream,
    revision = 0,
    id = stream + revision * 1_000_000,
    type = 'observation.recorded.v1',
  } = event;
  const envelope: Envelope = {
    specversion: '1.0',
    id: testId(id),
    source: `urn:ceasewatch:${testId(0)}`,
    type,
    subject: `observation/${testId(stream)}`,
    revision,
    time: new Date(event.time ?? FIRST_INSTANT + id).toISOString(),
    role: 'operator',
    authn: 'chosen',
    officer: event.officer ?? testId(4),
    contingent: 'bravo',
    correlationid: testId(id),
    data: { kind: 'burst', n: id, ...event.data },
  };
  return sealEvent(envelope, event.disclosed, () => new Uint8Array(32).fill(event.secret ?? id));
}

/** The usual event of a stream, and the append that puts it there. */
export function appending(log: () => EventLog) {
  const one = (stream: number, revision = 0) => testEvent({ stream, revision });
  const append = (stream: number, revision = 0): Promise<Appended> =>
    numbering(log(), testStream(stream), revision === 0 ? 'none' : revision - 1, [
      one(stream, revision),
    ]);
  return { one, append };
}

/** An append that is seen by whoever reads after it. */
export async function numbering(
  log: EventLog,
  stream: string,
  expected: Expected,
  events: readonly EventToAppend[],
): Promise<Appended> {
  return log.numbered(stream, await log.append(stream, expected, events));
}
