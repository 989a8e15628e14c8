import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { LiveFrame } from '../contract.ts';
import { BURST_BYTES, COALESCE_MS, Feed, FRAME_BYTES, framesOf } from './feed.ts';

const LOG = '019aa9c0-0000-7000-8000-000000000001';

function change(seq: number, padding = 0): Change {
  return {
    seq,
    type: 'ceasefire.declared.v1',
    subject: `ceasefire/${'x'.repeat(padding)}`,
    time: '2026-11-22T10:00:07.000Z',
    before: null,
    after: null,
  };
}

function changes(from: number, to: number, padding = 0): Change[] {
  return Array.from({ length: to - from + 1 }, (_, index) => change(from + index, padding));
}

describe('Feed', () => {
  let sent: LiveFrame[];
  let overflows: number;
  let now: number;
  let feed: Feed;

  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    overflows = 0;
    now = 1_000;
    feed = new Feed(
      LOG,
      9,
      { send: (frame) => sent.push(frame), overflow: () => (overflows += 1) },
      () => now,
    );
  });
  afterEach(() => {
    feed.close();
    jest.useRealTimers();
  });

  function pass(ms: number): void {
    now += ms;
    jest.advanceTimersByTime(ms);
  }

  it('sends the first change after a pause at once', () => {
    feed.take([change(10)]);
    expect(sent).toEqual([{ log: LOG, feed: 'shared', prev: 9, seq: 10, changes: [change(10)] }]);
  });

  it('gathers what follows into one frame every 100 ms', () => {
    feed.take([change(10)]);
    feed.take([change(11)]);
    feed.take(changes(12, 13));
    expect(sent).toHaveLength(1);
    pass(COALESCE_MS);
    expect(sent.map(({ prev, seq }) => [prev, seq])).toEqual([
      [9, 10],
      [10, 13],
    ]);
  });

  it('chains every frame to the one before it, whatever arrives when', () => {
    let seq = 10;
    for (const [count, wait] of [[1, 0], [7, 30], [2, 90], [40, 10], [1, 500]] as const) {
      feed.take(changes(seq, seq + count - 1, 3_000));
      seq += count;
      pass(wait);
    }
    pass(COALESCE_MS);
    let position = 9;
    for (const frame of sent) {
      expect(frame.prev).toBe(position);
      expect(frame.changes.map((each) => each.seq)).toEqual(
        Array.from({ length: frame.seq - position }, (_, index) => position + 1 + index),
      );
      position = frame.seq;
    }
    expect(position).toBe(seq - 1);
  });

  it('keeps every frame within 64 KiB', () => {
    const frames = framesOf(LOG, 9, changes(10, 60, 5_000));
    expect(frames.length).toBeGreaterThan(3);
    for (const { frame } of frames) {
      expect(JSON.stringify(frame.changes).length).toBeLessThan(FRAME_BYTES + 1_024);
    }
  });

  it('has a burst pulled instead of streamed, and goes on after it', () => {
    feed.take([change(10)]);
    feed.take(changes(11, 11 + Math.ceil(BURST_BYTES / 5_000), 5_000));
    pass(COALESCE_MS);
    expect(overflows).toBe(1);
    expect(sent).toHaveLength(1);
    const head = feed.position;
    pass(COALESCE_MS);
    feed.take([change(head + 1)]);
    expect(sent.at(-1)).toMatchObject({ prev: head, seq: head + 1 });
  });

  it('tells how far a client is behind in events, bytes and time', () => {
    feed.take([change(10)]);
    pass(4_000);
    feed.take([change(11)]);
    pass(2_000);
    expect(feed.lagOf(11)).toEqual({ events: 0, bytes: 0, sinceMs: 0 });
    expect(feed.lagOf(10)).toMatchObject({ events: 1, sinceMs: 2_000 });
    expect(feed.lagOf(9)).toMatchObject({ events: 2, sinceMs: 6_000 });
    expect(feed.lagOf(9).bytes).toBe(JSON.stringify([change(10), change(11)]).length - 3);
  });
});
