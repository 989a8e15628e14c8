import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  ChangesAnswer,
  LiveHeartbeat,
  LiveJoin,
  LiveJoined,
} from '@ceasewatch/api/contract/live';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { ApiProblem } from '../api/api-problem.ts';
import { connectionOf } from './connection.ts';
import { LiveFeed, type LiveSocket, type SocketEvents } from './live-feed.ts';

const LOG = '019aa9c0-0000-7000-8000-000000000001';

function change(seq: number): Change {
  return {
    seq,
    type: 'observation.recorded.v1',
    subject: 'observation/x',
    time: '',
    before: null,
    after: null,
  };
}
const changes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => change(from + index));
const frame = (prev: number, seq: number) => ({
  log: LOG,
  feed: 'shared' as const,
  prev,
  seq,
  changes: changes(prev + 1, seq),
});

/** A node that holds events up to `head` and a wire that can be cut. */
class Node implements LiveSocket {
  head = 10;
  joins: LiveJoin[] = [];
  joinFails = false;
  pullFails = false;
  acks: number[] = [];
  pulls: number[] = [];
  answer: LiveJoined['answer'] = 'live';
  events: SocketEvents | undefined;
  connected = 0;
  closed = 0;

  connect(): void {
    this.connected += 1;
    this.events?.opened();
  }
  close(): void {
    this.closed += 1;
  }
  join(join: LiveJoin): Promise<LiveJoined> {
    this.joins.push(join);
    if (this.joinFails) return Promise.reject(new ApiProblem('network', 0, '', null));
    const { answer } = this;
    this.answer = 'live';
    return Promise.resolve({ answer, log: LOG, head: this.head });
  }
  ack(seq: number): void {
    this.acks.push(seq);
  }
  pull = (after: number): Promise<ChangesAnswer> => {
    this.pulls.push(after);
    if (this.pullFails) return Promise.reject(new ApiProblem('network', 0, '', null));
    const seq = Math.min(this.head, after + 3);
    return Promise.resolve({
      log: LOG,
      after,
      seq,
      head: this.head,
      changes: changes(after + 1, seq),
    });
  };
}

describe('the live feed of a tab', () => {
  let node: Node;
  let feed: LiveFeed;
  let heard: number[];
  let now: number;
  /** What somebody has set this device's clock forward by. */
  let wallSet: number;
  let reported: unknown[];
  const at = (steady: number) => ({ wall: steady + wallSet, steady });

  beforeEach(async () => {
    jest.useFakeTimers();
    node = new Node();
    now = 0;
    wallSet = 0;
    reported = [];
    heard = [];
    feed = new LiveFeed({
      socket: (events) => {
        node.events = events;
        return node;
      },
      pull: (after) => node.pull(after),
      now: () => ({ wall: now + wallSet, steady: now }),
      random: () => 0.5,
      report: (error) => reported.push(error),
    });
    feed.listen((arrived) => heard.push(...arrived.map(({ seq }) => seq)));
    feed.start(LOG, 10);
    await jest.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    feed.stop();
    jest.useRealTimers();
  });

  it('joins with the event that its snapshot stands at', () => {
    expect(node.joins).toEqual([{ log: LOG, feed: 'shared', after: 10 }]);
  });

  it('applies a frame whose prev is its own position', () => {
    node.events?.frame(frame(10, 12));
    expect(heard).toEqual([11, 12]);
    expect(feed.current().mine).toBe(12);
  });

  it('ignores a frame that it has already', () => {
    node.events?.frame(frame(10, 12));
    node.events?.frame(frame(10, 12));
    expect(heard).toEqual([11, 12]);
  });

  it('pulls what is missing before a frame, page by page, and joins again', async () => {
    node.head = 20;
    node.events?.frame(frame(18, 20));
    await jest.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(node.pulls).toEqual([10, 13, 16, 19]);
    expect(node.joins.at(-1)?.after).toBe(20);
  });

  it('pulls when it is told to', async () => {
    node.head = 12;
    node.events?.pull();
    await jest.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([11, 12]);
  });

  it('comes back after a cut and misses nothing', async () => {
    node.events?.closed();
    expect(feed.current().link).toBe('closed');
    node.head = 14;
    node.answer = 'pull';
    await jest.advanceTimersByTimeAsync(600);
    expect(node.connected).toBe(2);
    expect(heard).toEqual([11, 12, 13, 14]);
  });

  it('starts anew when the log is another one', async () => {
    node.answer = 'reload';
    node.head = 3;
    node.events?.closed();
    await jest.advanceTimersByTimeAsync(600);
    expect(feed.current()).toMatchObject({ generation: 1, mine: 3 });
    expect(heard).toEqual([]);
  });

  it('acknowledges its position once a second, and only when it changed', () => {
    node.events?.frame(frame(10, 11));
    jest.advanceTimersByTime(3_000);
    expect(node.acks).toEqual([11]);
  });

  it('keeps changes for a snapshot that is a little older', () => {
    node.events?.frame(frame(10, 13));
    expect(feed.since(11)).toMatchObject({ complete: true, changes: [{ seq: 12 }, { seq: 13 }] });
    expect(feed.since(9)).toEqual({ complete: false });
  });

  it('is stale fifteen seconds after the last heartbeat, and never called live then', () => {
    node.events?.heartbeat(beat(10));
    expect(connectionOf(feed.current(), at(14_000), false)).toMatchObject({
      state: 'live',
      stale: false,
    });
    expect(connectionOf(feed.current(), at(16_000), false)).toMatchObject({
      state: 'stale',
      stale: true,
    });
  });

  it('says that nothing can be recorded, and from where a log is damaged', () => {
    node.events?.heartbeat(beat(10, { store: 'full' }));
    expect(connectionOf(feed.current(), at(0), false).state).toBe('read_only');
    node.events?.heartbeat(beat(10, { store: 'damaged', damagedFrom: 7 }));
    expect(feed.current()).toMatchObject({ store: 'damaged', damagedFrom: 7 });
    node.events?.heartbeat(beat(10));
    expect(feed.current()).toMatchObject({ store: 'here', damagedFrom: null });
    expect(connectionOf(feed.current(), at(0), false).state).toBe('live');
  });

  it('starts anew, once, where the log has lost what this tab has applied', async () => {
    node.pull = (after) => {
      node.pulls.push(after);
      return Promise.reject(new ApiProblem('invalid', 422, 'after_unknown', null));
    };
    node.head = 4;
    node.events?.pull();
    await jest.advanceTimersByTimeAsync(0);
    expect(feed.current().link).toBe('closed');
    node.answer = 'reload';
    await jest.advanceTimersByTimeAsync(60_000);
    expect(feed.current()).toMatchObject({ link: 'open', mine: 4, head: 4, generation: 1 });
    expect(node.pulls).toEqual([10]);
    expect(node.joins.slice(1).map(({ after }) => after)).toEqual([10, 4]);
    expect(reported).toEqual([]);
    node.events?.frame(frame(4, 5));
    expect(heard).toEqual([5]);
  });

  it('is stale while the store is away, as old as the node says, and then catches up', () => {
    const staleSince = new Date(Date.parse(beat(10).time) - 40_000).toISOString();
    node.events?.heartbeat(beat(10, { store: 'away', staleSince }));
    expect(connectionOf(feed.current(), at(2_000), false)).toEqual({
      state: 'stale',
      stale: true,
      lost: 'store',
      ageMs: 42_000,
    });
    node.events?.heartbeat(beat(10, { store: 'here', staleSince }));
    expect(connectionOf(feed.current(), at(0), false).state).toBe('catching_up');
    node.events?.heartbeat(beat(10));
    expect(connectionOf(feed.current(), at(0), false)).toMatchObject({ state: 'live', ageMs: 0 });
    // Of a disk of its own nobody else has more: what is shown is whole.
    node.events?.heartbeat(beat(10, { store: 'away' }));
    expect(connectionOf(feed.current(), at(0), false).state).toBe('read_only');
  });

  it('says how far it is behind, that it is quiet, offline, or in the past', () => {
    node.events?.heartbeat(beat(100, { projected: 60 }));
    expect(connectionOf(feed.current(), at(1_000), false).state).toBe('catching_up');
    node.events?.frame(frame(10, 100));
    now = 400_000;
    node.events?.heartbeat(beat(100));
    expect(connectionOf(feed.current(), at(now), false).state).toBe('quiet');
    expect(connectionOf(feed.current(), at(now), true).state).toBe('past');
    node.events?.closed();
    expect(connectionOf(feed.current(), at(now), false).state).toBe('offline');
  });

  it('waits longer each time when a node opens and does not let join, and starts small after a join', async () => {
    node.joinFails = true;
    node.events?.closed();
    await jest.advanceTimersByTimeAsync(6_000);
    expect(node.connected).toBe(4);
    node.joinFails = false;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(feed.current().link).toBe('open');
    const { connected } = node;
    node.events?.closed();
    await jest.advanceTimersByTimeAsync(600);
    expect(node.connected).toBe(connected + 1);
  });

  it('waits longer each time as well when what was missed cannot be pulled', async () => {
    node.pullFails = true;
    const join = node.join.bind(node);
    node.join = (wanted) => {
      node.answer = 'pull';
      return join(wanted);
    };
    node.head = 12;
    node.events?.closed();
    await jest.advanceTimersByTimeAsync(6_000);
    expect(node.connected).toBe(4);
    expect(reported).toEqual([]);
  });

  it('tells all listeners though one of them fails, says so, and has everything asked anew', async () => {
    const fault = new Error('a screen');
    const last: number[] = [];
    const ends = feed.listen(() => {
      throw fault;
    });
    feed.listen((arrived) => last.push(...arrived.map(({ seq }) => seq)));
    node.events?.frame(frame(10, 12));
    node.events?.frame(frame(12, 13));
    expect(last).toEqual([11, 12, 13]);
    expect(reported).toEqual([fault, fault]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(feed.current()).toMatchObject({ link: 'open', generation: 1 });
    ends();
  });

  it('tells of a fault of its own instead of taking it for a lost connection', async () => {
    const fault = new TypeError('not a page of changes');
    node.pull = () => Promise.reject(fault);
    node.events?.pull();
    await jest.advanceTimersByTimeAsync(0);
    expect(reported).toEqual([fault]);
    expect(feed.current().link).toBe('closed');
  });

  it('is connecting until an open link has had its first heartbeat, and stale if none comes', () => {
    expect(connectionOf(feed.current(), at(5_000), false)).toMatchObject({ state: 'connecting' });
    expect(connectionOf(feed.current(), at(3_600_000), false)).toMatchObject({
      state: 'stale',
      stale: true,
    });
    node.events?.heartbeat(beat(10));
    expect(connectionOf(feed.current(), at(1_000), false).state).toBe('live');
  });

  it('is stale whatever the clock of the wall was set to, and when the steady one slept', () => {
    node.events?.heartbeat(beat(10));
    wallSet = -3_600_000;
    expect(connectionOf(feed.current(), at(16_000), false).state).toBe('stale');
    wallSet = 3_600_000;
    expect(connectionOf(feed.current(), at(1_000), false).state).toBe('stale');
  });

  it('takes its offset from the heartbeat that was quickest, and from the clock as it is now', () => {
    const sent = (ms: number) => beat(10, { time: new Date(ms).toISOString() });
    const offset = () => feed.current().clockOffsetMs;
    now = 10_050;
    node.events?.heartbeat(sent(10_000));
    expect(offset()).toBe(-50);
    now = 19_000;
    node.events?.heartbeat(sent(15_000));
    expect(offset()).toBe(-50);
    wallSet = 60_000;
    now = 20_050;
    node.events?.heartbeat(sent(20_000));
    expect(offset()).toBe(-60_050);
  });
});

function beat(head: number, more: Partial<LiveHeartbeat> = {}): LiveHeartbeat {
  const time = '2026-11-22T10:00:00.000Z';
  return { log: LOG, head, projected: head, store: 'here', time, ...more };
}
