import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { LiveFrame } from '../contract/live.ts';
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
      { isHeard: true, send: (frame) => sent.push(frame), overflow: () => (overflows += 1) },
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

  it('sends everybody to pull when changes are missing, and goes on after them', () => {
    feed.take([change(10)]);
    feed.take([change(11)]);
    feed.take([change(13)]);
    expect(overflows).toBe(1);
    expect(feed.position).toBe(13);
    pass(COALESCE_MS);
    feed.take([change(14)]);
    expect(sent.map(({ prev, seq }) => [prev, seq])).toEqual([
      [9, 10],
      [13, 14],
    ]);
  });

  it('chains every frame to the one before it, whatever arrives when', () => {
    let seq = 10;
    for (const [count, wait] of [
      [1, 0],
      [7, 30],
      [2, 90],
      [40, 10],
      [1, 500],
    ] as const) {
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
    expect(feed.lagOf(11, 0)).toEqual({ events: 0, bytes: 0, sinceMs: 0 });
    expect(feed.lagOf(10, 0)).toMatchObject({ events: 1, sinceMs: 2_000 });
    expect(feed.lagOf(9, 0)).toMatchObject({ events: 2, sinceMs: 6_000 });
    expect(feed.lagOf(9, 0).bytes).toBe(JSON.stringify([change(10), change(11)]).length - 3);
  });

  it('holds nothing against a client that its next acknowledgement may cover', () => {
    feed.take([change(10)]);
    pass(4_000);
    feed.take([change(11)]);
    pass(2_000);
    expect(feed.lagOf(9, 2_001)).toEqual({
      events: 1,
      bytes: JSON.stringify(change(10)).length,
      sinceMs: 6_000,
    });
    expect(feed.lagOf(10, 2_001)).toEqual({ events: 0, bytes: 0, sinceMs: 0 });
    expect(feed.lagOf(9, 6_001)).toEqual({ events: 0, bytes: 0, sinceMs: 0 });
  });
});

/** A client by the rule of docs/live-protocol.md, and how often it had to pull. */
class ModelClient {
  readonly applied: number[] = [];
  position: number;
  pulled = 0;

  constructor(position: number) {
    this.position = position;
  }

  hear({ prev, seq, changes: told }: LiveFrame): void {
    if (seq <= this.position) return;
    if (prev === this.position) this.apply(told);
    else this.pull(seq);
  }

  private pull(head: number): void {
    this.pulled += 1;
    this.apply(changes(this.position + 1, head));
  }

  private apply(told: readonly Change[]): void {
    this.applied.push(...told.map(({ seq }) => seq));
    this.position = this.applied.at(-1) ?? this.position;
  }
}

describe('Feed with clients that come and go', () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        by: fc.nat(70),
        padding: fc.constantFrom(0, 900, 9_000),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(150) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('join' as const), client: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), client: fc.nat(4) }) },
  );

  it('tells each of them everything once and in order, and never leaves a gap', () => {
    jest.useFakeTimers();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = 0;
        let head = 9;
        const clients = Array.from({ length: 5 }, () => new ModelClient(9));
        const streaming = new Set<ModelClient>();
        const feed = new Feed(
          LOG,
          head,
          {
            get isHeard() {
              return streaming.size > 0;
            },
            send: (frame) => streaming.forEach((client) => client.hear(frame)),
            overflow: () => streaming.clear(),
          },
          () => now,
        );
        // What the gateway does: to the head, what was missed, then the room.
        const join = (client: ModelClient): void => {
          feed.flush();
          for (const { frame } of framesOf(
            LOG,
            client.position,
            changes(client.position + 1, feed.position),
          )) {
            client.hear(frame);
          }
          streaming.add(client);
        };
        for (const each of steps) {
          if (each.kind === 'pass') {
            now += each.ms;
            jest.advanceTimersByTime(each.ms);
          } else if (each.kind === 'advance') {
            feed.take(changes(head + 1, head + each.by, each.padding));
            head += each.by;
          } else {
            const client = clients[each.client];
            if (client === undefined) continue;
            if (each.kind === 'drop') streaming.delete(client);
            else join(client);
          }
        }
        clients.forEach(join);
        feed.close();
        const all = changes(10, head).map(({ seq }) => seq);
        for (const { applied, pulled } of clients) {
          expect([applied, pulled]).toEqual([all, 0]);
        }
      }),
      { numRuns: 150 },
    );
    jest.useRealTimers();
  });
});
