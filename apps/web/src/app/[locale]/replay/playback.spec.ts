import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import { describe, expect, test } from '@jest/globals';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { AT, standingOf, UNIT } from '../../../testing/test-standing.ts';
import type { Ask } from './go-to-target.ts';
import { Playback } from './playback.ts';

/** A node with a log of reports, one a second, whose answer to the question for a state may fail. */
function played(events: number) {
  const node = { asked: [] as number[], away: false, events, crowdedFrom: Infinity };
  const ask: Ask = async <Answer>(_path: string, search?: URLSearchParams) => {
    const after = Number(search?.get('after'));
    const seq = Math.min(node.events, after + 10);
    const changes = Array.from({ length: Math.max(0, seq - after) }, (_, at) => {
      const time = new Date(Date.parse(AT) + (after + at + 1) * 1_000).toISOString();
      const row = testRow(after + at + 1, { unit: UNIT, versionRecordedAt: time });
      return { ...testChange(after + at + 1, row), time };
    });
    const answer: ChangesAnswer = { log: 'log', after, seq, head: node.events, changes };
    return (await Promise.resolve(answer)) as Answer;
  };
  const playback = new Playback({
    ask,
    filter: {},
    standing: (seq) => {
      node.asked.push(seq);
      const begun = standingOf(seq);
      return node.away
        ? Promise.reject(new Error('away'))
        : Promise.resolve({
            ...begun,
            situation: { ...begun.situation, total: seq },
            versions: seq >= node.crowdedFrom ? null : begun.versions,
          });
    },
    recorded: (seq) => Promise.resolve({ asOf: seq, items: [], matching: 0 }),
    map: () => Promise.resolve({ rows: [], capped: false }),
  });
  const totalAt = async (seq: number) => {
    const state = await playback.at(seq);
    return state === undefined ? undefined : [state.seq, state.answer.situation.total];
  };
  return { node, totalAt };
}

describe('a playback', () => {
  test('asks for one state, and makes every later one of changes', async () => {
    const { node, totalAt } = played(100);
    expect(await totalAt(5)).toEqual([5, 5]);
    expect(await totalAt(6)).toEqual([6, 6]);
    expect(await totalAt(60)).toEqual([60, 60]);
    expect(node.asked).toEqual([5]);
  });

  test('begins once more after a question that failed, and loses no change', async () => {
    const { node, totalAt } = played(100);
    await totalAt(50);
    node.away = true;
    await expect(totalAt(20)).rejects.toThrow('away');
    node.away = false;
    expect(await totalAt(70)).toEqual([70, 70]);
    expect(node.asked).toEqual([50, 20, 70]);
  });

  test('leaves it to the node where too much stands, and asks that once', async () => {
    const { node, totalAt } = played(100);
    node.crowdedFrom = 40;
    expect(await totalAt(50)).toBeUndefined();
    expect(await totalAt(51)).toBeUndefined();
    expect(node.asked).toEqual([50]);
    expect(await totalAt(30)).toEqual([30, 30]);
    expect(node.asked).toEqual([50, 30]);
  });

  test('never tells the figures of an event as those of a later one', async () => {
    const { node, totalAt } = played(30);
    await totalAt(10);
    expect(await totalAt(30)).toEqual([30, 30]);
    node.events = 80;
    expect(await totalAt(80)).toEqual([80, 80]);
  });
});
