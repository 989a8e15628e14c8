import type { LiveFrame, LiveHeartbeat } from '@ceasewatch/api/contract/live';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testChange, testRow } from '../testing/test-rows.ts';
import { GATHER_MS, gatheredFrames } from './gathered-frames.ts';
import type { SocketEvents } from './live-feed.ts';

const LOG = '019aa9c0-0000-7000-8000-000000000001';
const BEAT: LiveHeartbeat = { log: LOG, head: 9, projected: 9, store: 'here', time: '' };

/** One event a frame. */
const frame = (seq: number, log = LOG): LiveFrame => ({
  log,
  feed: 'shared',
  prev: seq - 1,
  seq,
  changes: [testChange(seq, testRow(seq))],
});

describe('the frames of a tab', () => {
  let told: string[];
  let socket: SocketEvents;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    socket = gatheredFrames({
      opened: () => told.push('opened'),
      closed: () => told.push('closed'),
      frame: ({ prev, changes }) => told.push([prev, ...changes.map(({ seq }) => seq)].join(' ')),
      heartbeat: () => told.push('heartbeat'),
      pull: () => told.push('pull'),
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are told at once when they come slowly', () => {
    for (const seq of [1, 2, 3]) {
      socket.frame(frame(seq));
      expect(told.at(-1)).toBe(`${seq - 1} ${seq}`);
      jest.advanceTimersByTime(2 * GATHER_MS);
    }
    expect(told).toHaveLength(3);
  });

  it('are told twice a second when they are too many to be read', () => {
    for (let seq = 1; seq <= 60; seq += 1) {
      socket.frame(frame(seq));
      jest.advanceTimersByTime(20);
    }
    expect(told.map((each) => each.split(' ').length - 1)).toEqual([1, 12, 25]);
    jest.advanceTimersByTime(500);
    expect(told.at(-1)).toContain(' 60');
  });

  it('are told four times a second when they come fast, as one each time, and all of them', () => {
    for (let seq = 1; seq <= 20; seq += 1) {
      socket.frame(frame(seq));
      jest.advanceTimersByTime(50);
    }
    expect(told).toEqual([
      '0 1',
      '1 2 3 4 5',
      '5 6 7 8 9 10',
      '10 11 12 13 14 15',
      '15 16 17 18 19 20',
    ]);
  });

  it('are not made one where one is missing or of another log', () => {
    socket.frame(frame(1));
    for (const next of [frame(2), frame(4), frame(5, 'another')]) socket.frame(next);
    expect(told).toEqual(['0 1', '1 2', '3 4']);
    jest.advanceTimersByTime(GATHER_MS);
    expect(told.at(-1)).toBe('4 5');
  });

  it.each(['heartbeat', 'pull', 'closed'] as const)('never come behind a later %s', (later) => {
    socket.frame(frame(1));
    socket.frame(frame(2));
    if (later === 'heartbeat') socket.heartbeat(BEAT);
    else socket[later]();
    expect(told).toEqual(['0 1', '1 2', later]);
    socket.frame(frame(3));
    expect(told.at(-1)).toBe('2 3');
  });
});
