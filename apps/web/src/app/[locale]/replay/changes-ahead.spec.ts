import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import { describe, expect, test } from '@jest/globals';
import { testChange, testRow } from '../../../testing/test-rows.ts';
import { ChangesAhead } from './changes-ahead.ts';
import type { Ask } from './go-to-target.ts';

const HEAD = 2_600;
const GROWN = 50;

/** A node that hands out pages as a real one does, and notes what it was asked. */
function node() {
  const asked: number[] = [];
  let away = false;
  let head = HEAD;
  const ask = async <Answer>(_path: string, search?: URLSearchParams) => {
    const after = Number(search?.get('after'));
    asked.push(after);
    if (away) throw new Error('away');
    const seq = Math.min(head, (Math.floor(after / 500) + 1) * 500);
    const changes = Array.from({ length: seq - after }, (_, at) =>
      testChange(after + at + 1, testRow(after + at + 1)),
    );
    const answer: ChangesAnswer = { log: 'log', after, seq, head, changes };
    return (await Promise.resolve(answer)) as Answer;
  };
  return {
    ask: ask satisfies Ask,
    asked,
    goAway: (gone: boolean) => (away = gone),
    grow: () => (head += GROWN),
  };
}

describe('the changes ahead of a log that is played', () => {
  test('are handed out once and in order, whatever the steps', async () => {
    const { ask } = node();
    const ahead = new ChangesAhead(100, ask);
    const seqs: number[] = [];
    for (const seq of [101, 101, 350, 1_400, 1_401, HEAD, HEAD]) {
      seqs.push(...(await ahead.upTo(seq)).map((change) => change.seq));
    }
    expect(seqs).toEqual(Array.from({ length: HEAD - 100 }, (_, at) => at + 101));
  });

  test('are asked before they are wanted, a page at a time, and no further than needed', async () => {
    const { ask, asked } = node();
    const ahead = new ChangesAhead(0, ask);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual([0, 500, 1_000]);
    for (let seq = 1; seq <= 400; seq += 1) await ahead.upTo(seq);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual([0, 500, 1_000, 1_500]);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('come at once also when more are wanted than are kept in hand', async () => {
    const { ask } = node();
    expect(await new ChangesAhead(0, ask).upTo(HEAD)).toHaveLength(HEAD);
  });

  test('go on where the log has grown since its end was reached', async () => {
    const { ask, grow } = node();
    const ahead = new ChangesAhead(0, ask);
    await ahead.upTo(HEAD);
    expect(await ahead.upTo(HEAD + GROWN)).toEqual([]);
    grow();
    expect(await ahead.upTo(HEAD + GROWN)).toHaveLength(GROWN);
  });

  test('that could not be asked are told to whoever waits for them, and asked again', async () => {
    const { ask, goAway } = node();
    const ahead = new ChangesAhead(0, ask);
    await ahead.upTo(500);
    await ahead.upTo(1_500);
    goAway(true);
    await expect(ahead.upTo(HEAD)).rejects.toThrow('away');
    goAway(false);
    expect((await ahead.upTo(HEAD)).at(-1)?.seq).toBe(HEAD);
  });
});
