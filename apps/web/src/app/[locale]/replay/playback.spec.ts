import { describe, expect, test } from '@jest/globals';
import { testRow } from '../../../testing/test-rows.ts';
import { statesOf } from '../../../testing/test-states.ts';
import { Playback } from './playback.ts';

/** A node that notes what it was asked, and may be away. */
function played() {
  const node = { asked: [] as (readonly number[])[], away: false };
  const playback = new Playback(async (events) => {
    node.asked.push(events);
    if (node.away) throw new Error('away');
    return statesOf(events, testRow);
  });
  return { node, playback };
}

describe('a playback', () => {
  test('has every state that was coming without another question', async () => {
    const { node, playback } = played();
    await playback.coming([5, 5, 6, 6, 9]);
    for (const seq of [5, 6, 9]) {
      const { answer, recorded } = await playback.at(seq);
      expect([answer.situation.seq, answer.situation.total]).toEqual([seq, seq]);
      expect(recorded).toMatchObject({ asOf: seq, next: `after ${seq - 2}` });
      expect(recorded.items.map(({ fromSeq }) => fromSeq)).toEqual([seq, seq - 1, seq - 2]);
    }
    expect(node.asked).toEqual([[5, 6, 9]]);
  });

  test('asks of what is coming for those that it has not', async () => {
    const { node, playback } = played();
    const first = playback.coming([5, 6]);
    await playback.coming([6, 7, 8]);
    await first;
    await playback.coming([7, 8]);
    expect(node.asked).toEqual([
      [5, 6],
      [7, 8],
    ]);
  });

  test('tells a row that stands in two answers as the same object', async () => {
    const { playback } = played();
    await playback.coming([5, 6]);
    const before = await playback.at(6);
    await playback.coming([7]);
    const { recorded } = await playback.at(7);
    expect(recorded.items[1]).toBe(before.recorded.items[0]);
  });

  test('asks for a state that was not coming by itself', async () => {
    const { node, playback } = played();
    expect((await playback.at(40)).seq).toBe(40);
    expect((await playback.at(40)).seq).toBe(40);
    expect(node.asked).toEqual([[40]]);
  });

  test('tells whoever waits what could not be had, and asks again', async () => {
    const { node, playback } = played();
    node.away = true;
    await expect(playback.coming([5, 6])).rejects.toThrow('away');
    await expect(playback.at(5)).rejects.toThrow('away');
    node.away = false;
    expect((await playback.at(6)).seq).toBe(6);
    expect(node.asked).toEqual([[5, 6], [5], [6]]);
  });

  test('keeps some seconds of a play, and not all of it', async () => {
    const { node, playback } = played();
    for (let second = 0; second < 10; second += 1)
      await playback.coming(Array.from({ length: 20 }, (_, at) => second * 20 + at));
    node.asked.splice(0);
    expect((await playback.at(199)).seq).toBe(199);
    expect((await playback.at(140)).seq).toBe(140);
    expect(node.asked).toEqual([]);
    await playback.at(3);
    expect(node.asked).toEqual([[3]]);
  });
});
