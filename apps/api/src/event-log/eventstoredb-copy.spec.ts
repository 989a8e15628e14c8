import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { carryCopy } from '../carry-copy.ts';
import type { EventToAppend } from './event-log.ts';
import { digestsOf } from './event-row.ts';
import { type Arrived, EventStoreDbCopy } from './eventstoredb-copy.ts';
import type { StoreRecord } from './eventstoredb-record.ts';
import { firstEvent } from './first-event.ts';
import { FIRST_INSTANT, testEvent, testId, testStream } from './testing/events.ts';
import { turn } from './turn.ts';

const OTHER: StoreRecord = { kind: 'other' };

/** A node's copy by itself, with records as they come from the store. */
describe('the copy of a node', () => {
  let folder: string;
  let copy: EventStoreDbCopy;
  /** All that the store has. */
  let stored: Arrived[];
  beforeEach(() => {
    stored = [];
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-copy-'));
    copy = opened();
    take(eventRecord('cw.log-1', firstEvent(testId(0), true, FIRST_INSTANT)));
  });
  afterEach(async () => {
    await copy.close();
    rmSync(folder, { recursive: true });
  });

  const opened = () => new EventStoreDbCopy(join(folder, 'log-copy.sqlite'), carryCopy);
  /** What lies behind the place from which the copy is followed comes again. */
  const follow = () => {
    const from = copy.followed?.commit ?? -1n;
    const again = stored.filter(({ place }) => place.commit > from);
    if (again.length > 0) copy.take(again);
    return again.length;
  };
  const reopen = async () => {
    await copy.close();
    copy = opened();
    return follow();
  };
  const take = (...records: readonly StoreRecord[]) => {
    const arrived = records.map((record, at): Arrived => {
      const place = BigInt(stored.length + at);
      return { record, place: { commit: place, prepare: place } };
    });
    stored.push(...arrived);
    return copy.take(arrived);
  };
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
  const digests = digestsOf(disclosing.envelope);
  const shown = () => copy.reader.page(0, 10).events.map(({ disclosed }) => disclosed['narrative']);

  it('knows the latest time of all events again, also when another clock wrote the newest', async () => {
    const late = testEvent({ stream: 1, time: FIRST_INSTANT + 60_000 });
    const early = testEvent({ stream: 2, time: FIRST_INSTANT + 1_000 });
    take(eventRecord(testStream(1), late));
    take(eventRecord(testStream(2), early));
    expect(copy.position?.time).toBe(late.envelope.time);
    await reopen();
    expect(copy.position).toMatchObject({ seq: 2, time: late.envelope.time });
  });

  it.each([
    ['with its event', () => take(entry, event)],
    ['in the batch before it', () => [take(entry), take(event)]],
    ['before the node was started again', async () => [take(entry), await reopen(), take(event)]],
  ])('shows what the vault keeps when its entry came %s, and keeps it once', async (_, come) => {
    await come();
    expect(shown()).toMatchObject([{ state: 'shown', value: 'Three bursts.' }]);
    expect(copy.disclosuresWaiting(testId(1)).size).toBe(0);
  });

  it('has nothing of a batch that could not be kept, and all of it when it comes again', () => {
    take(entry);
    const twice = eventRecord(testStream(1), testEvent({ stream: 1, id: 5 }));
    expect(() => take(event, twice)).toThrow('UNIQUE');
    expect(copy.position?.seq).toBe(0);
    stored.pop();
    follow();
    expect(shown()).toMatchObject([{ state: 'shown' }]);
  });

  it('follows again only from the oldest entry whose event has not come, and numbers nothing twice', async () => {
    const others = [2, 3, 4].map((n) =>
      eventRecord(testStream(n), testEvent({ stream: n, id: n })),
    );
    take(...others.slice(0, 1), entry, ...others.slice(1));
    expect(await reopen()).toBe(3);
    expect(copy.position?.seq).toBe(3);
    take(event);
    expect(shown().at(-1)).toMatchObject({ state: 'shown', value: 'Three bursts.' });
    expect(await reopen()).toBe(0);
    expect(copy.position?.seq).toBe(4);
  });

  it('writes an entry down whose event does not come, and goes on', async () => {
    take(entry);
    for (let n = 0; n < 11; n += 1) take(...Array.from({ length: 100 }, () => OTHER));
    expect(copy.followed).toEqual(stored.at(-1)?.place);
    expect(await reopen()).toBe(0);
    take(event);
    expect(shown()).toMatchObject([{ state: 'shown', value: 'Three bursts.' }]);
  });

  it('has its WAL carried over by a thread, and begins it anew', async () => {
    let n = 1;
    const takeNext = () => {
      n += 1;
      take(eventRecord(testStream(n), testEvent({ stream: n, id: n })));
    };
    let waited: Promise<unknown> | undefined;
    while (waited === undefined) {
      takeNext();
      waited = copy.room();
      await turn();
    }
    await waited;
    takeNext();
    const other = new DatabaseSync(join(folder, 'log-copy.sqlite'));
    expect(other.prepare('PRAGMA wal_checkpoint(NOOP)').get()?.['log']).toBeLessThan(100);
    other.close();
    expect(copy.position?.seq).toBe(n - 1);
  });

  it('brings nothing back that was erased when the entry is followed again', async () => {
    const unfinished = { ...entry, keptFor: testId(8) };
    take(unfinished, entry, event);
    const { id, data } = { id: 9, data: { event: disclosing.envelope.id, digests } };
    const type = 'disclosure.erased.v1';
    take(eventRecord(testStream(1), testEvent({ stream: 1, revision: 1, id, type, data })));
    expect(await reopen()).toBe(stored.length - 1);
    expect(shown()).toMatchObject([{ state: 'erased' }, undefined]);
  });
});
