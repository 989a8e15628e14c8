import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { WaitingRoom } from './waiting-room.ts';

/** A room on a clock that stands still, unless what happens in it takes time. */
function opened() {
  const clock = { ms: 1_000 };
  const room = new WaitingRoom(() => clock.ms);
  const begun: number[] = [];
  const enter = (n: number, tookMs = 0): EventEmitter => {
    const answer = new EventEmitter();
    room.enter(answer, () => {
      begun.push(n);
      clock.ms += tookMs;
    });
    return answer;
  };
  return { room, clock, begun, enter };
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await turn();
}

describe('the waiting room', () => {
  it('begins nothing while sockets are read, and then everybody in the order in which they came', async () => {
    const { begun, enter } = opened();
    for (const n of upTo(10)) enter(n);
    expect(begun).toEqual([]);
    await turns(3);
    expect(begun).toEqual(upTo(10));
  });

  it('begins as many in a turn as one transaction holds, and fewer where they take long', async () => {
    const quick = opened();
    for (const n of upTo(100)) quick.enter(n);
    await turns(3);
    expect(quick.begun).toHaveLength(64);
    const slow = opened();
    for (const n of upTo(100)) slow.enter(n, 10);
    await turns(3);
    expect(slow.begun).toHaveLength(3);
    await turns(200);
    expect(slow.begun).toEqual(upTo(100));
  });

  it('is full with fewer the slower they go, and always has room for two transactions', async () => {
    const { room, enter } = opened();
    const atFirst = room.places;
    for (const n of upTo(127)) enter(n);
    expect([atFirst, room.isFull]).toEqual([128, false]);
    enter(127);
    expect(room.isFull).toBe(true);
    await turns(8);
    expect([room.waiting, room.isFull]).toEqual([0, false]);

    const fast = opened();
    for (let batch = 0; batch < 20; batch += 1) {
      const answers = upTo(128).map((n) => fast.enter(n, 0.01));
      await turns(8);
      for (const answer of answers) answer.emit('close');
    }
    expect([fast.begun.length, fast.room.places]).toEqual([2_560, 512]);
  });

  it('begins no more than 512 that are not answered, and goes on when one is', async () => {
    const { begun, enter } = opened();
    const answers = upTo(520).map((n) => enter(n));
    await turns(60);
    expect(begun).toHaveLength(512);
    answers[0]?.emit('close');
    await turns(4);
    expect(begun).toHaveLength(513);
  });

  it('forgets who left before his turn', async () => {
    const { room, begun, enter } = opened();
    enter(0);
    enter(1).emit('close');
    enter(2);
    await turns(3);
    expect([begun, room.waiting]).toEqual([[0, 2], 0]);
  });

  it('turns away in turns too, for ten milliseconds each, and not who has gone', async () => {
    const { room, clock } = opened();
    const refused: number[] = [];
    const answers = upTo(30).map((n) => {
      const answer = new EventEmitter();
      room.turnAway(answer, () => {
        refused.push(n);
        clock.ms += 1;
      });
      return answer;
    });
    answers[5]?.emit('close');
    await turns(2);
    expect(refused).toEqual(upTo(11).filter((n) => n !== 5));
    await turns(8);
    expect([refused.length, room.refused]).toEqual([29, 30]);
  });

  it('takes in whoever connects before it begins anything, for twenty milliseconds at most', async () => {
    const { room, clock, begun, enter } = opened();
    enter(0);
    for (const passed of [0, 10, 19]) {
      clock.ms = 1_000 + passed;
      room.noteConnection();
      await turn();
      expect(begun).toEqual([]);
    }
    clock.ms = 1_020;
    room.noteConnection();
    await turns(2);
    expect(begun).toEqual([0]);
  });
});
