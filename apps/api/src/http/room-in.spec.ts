import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { roomIn } from './room-in.ts';

describe('waiting for a slow reader', () => {
  it('leaves no listener behind, however often it waits', async () => {
    const slow = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, taken) => setImmediate(taken),
    });
    const before = slow.listenerCount('close');
    for (let piece = 0; piece < 20; piece += 1) {
      expect(slow.write('piece')).toBe(false);
      await roomIn(slow);
    }
    expect([slow.listenerCount('drain'), slow.listenerCount('close')]).toEqual([0, before]);
  });

  it('ends when the reader has gone', async () => {
    const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
    stuck.write('piece');
    const room = roomIn(stuck);
    stuck.destroy();
    await expect(room).resolves.toBeUndefined();
  });

  it('ends with the connection of a reader who takes nothing', async () => {
    const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
    stuck.write('piece');
    await roomIn(stuck, 20);
    expect(stuck.destroyed).toBe(true);
  });
});
