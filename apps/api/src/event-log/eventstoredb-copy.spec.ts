import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventToAppend } from './event-log.ts';
import { type Arrived, EventStoreDbCopy } from './eventstoredb-copy.ts';
import type { StoreRecord } from './eventstoredb-record.ts';
import { firstEvent } from './first-event.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from './testing/events.ts';

/** A node's copy by itself, with records as they come from the store. */
describe('the copy of a node', () => {
  let folder: string;
  let copy: EventStoreDbCopy;
  let commit = 0n;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-copy-'));
    copy = opened();
    take(eventRecord('cw.log-1', firstEvent(testId(0), true, FIRST_INSTANT)));
  });
  afterEach(() => {
    copy.close();
    rmSync(folder, { recursive: true });
  });

  const opened = () => new EventStoreDbCopy(join(folder, 'log-copy.sqlite'));
  const reopen = () => {
    copy.close();
    copy = opened();
  };
  const arrived = (record: StoreRecord): Arrived => {
    commit += 1n;
    return { record, place: { commit, prepare: commit } };
  };
  const take = (...records: readonly StoreRecord[]) => copy.take(records.map(arrived));
  const eventRecord = (stream: string, { envelope, leaf }: EventToAppend): StoreRecord => {
    const { revision } = envelope;
    return { kind: 'event', stream, revision, envelope, leaf };
  };
  const disclosing = testEvent({ stream: 1, disclosed: { narrative: 'Three bursts.' } });
  const { disclosures = [], secret = new Uint8Array(32) } = disclosing.vault ?? {};
  const entry: StoreRecord = {
    kind: 'vault',
    keptFor: disclosing.envelope.id,
    kept: { secret, disclosures },
  };
  const event = eventRecord(testStream(1), disclosing);
  const shown = () => copy.reader.page(0, 10).events.map(({ disclosed }) => disclosed['narrative']);

  it('knows the latest time of all events again, also when another clock wrote the newest', () => {
    const late = testEvent({ stream: 1, time: FIRST_INSTANT + 60_000 });
    const early = testEvent({ stream: 2, time: FIRST_INSTANT + 1_000 });
    take(eventRecord(testStream(1), late));
    take(eventRecord(testStream(2), early));
    expect(copy.position?.time).toBe(late.envelope.time);
    reopen();
    expect(copy.position).toMatchObject({ seq: 2, time: late.envelope.time });
  });

  it.each([
    ['with its event', () => take(entry, event)],
    ['in the batch before it', () => [take(entry), take(event)]],
    ['before the node was started again', () => [take(entry), reopen(), take(event)]],
  ])('shows what the vault keeps when its entry came %s, and keeps it once', (_, come) => {
    come();
    expect(shown()).toMatchObject([{ state: 'shown', value: 'Three bursts.' }]);
    expect(copy.disclosuresWaiting(testId(1)).size).toBe(0);
  });

  it('has nothing of a batch that could not be kept, and all of it when it comes again', () => {
    take(entry);
    const twice = eventRecord(testStream(1), testEvent({ stream: 1, id: 5 }));
    expect(() => take(event, twice)).toThrow('UNIQUE');
    expect(copy.position?.seq).toBe(0);
    take(event);
    expect(shown()).toMatchObject([{ state: 'shown' }]);
  });
});
