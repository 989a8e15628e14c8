import { describe, expect, test } from '@jest/globals';
import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { Player, type Speed, TICK_MS } from './player.ts';

const SECOND = 1_000;
const BEGIN = Date.parse('2026-08-15T06:00:00.000Z');

/** A log of events at these seconds, a steady clock, and answers that come when the test says so. */
function underTest(seconds: readonly number[]) {
  const times = seconds.map((second) => BEGIN + second * SECOND);
  const shown: number[] = [];
  const asked: string[] = [];
  const ended: unknown[] = [];
  let now = 0;
  let tick: (() => void) | undefined;
  let answers: (() => void)[] = [];
  let fails: Error | undefined;
  const lastBy = (instant: number) => times.findLastIndex((time) => time <= instant);
  const player = new Player({
    ask: (from, to, parts) => {
      asked.push(`${(Date.parse(from) - BEGIN) / SECOND}–${(Date.parse(to) - BEGIN) / SECOND}`);
      const [begin, end] = [Date.parse(from), Date.parse(to)];
      const answer: LogMoments = {
        asOf: times.length - 1,
        from,
        to,
        before: lastBy(begin - 1),
        through: Array.from({ length: parts }, (_, part) =>
          lastBy(begin + ((end - begin) * (part + 1)) / parts),
        ),
      };
      return new Promise((resolve, reject) => {
        const failure = fails;
        answers.push(() => (failure === undefined ? resolve(answer) : reject(failure)));
      });
    },
    show: (seq) => void shown.push(seq),
    ended: (error) => void ended.push(error ?? 'at the end'),
    now: () => now,
    every: (_, each) => {
      tick = each;
      return () => (tick = undefined);
    },
  });
  const answer = async () => {
    const due = answers;
    answers = [];
    for (const each of due) each();
    await new Promise((resolve) => setTimeout(resolve));
  };
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= TICK_MS) {
      now += TICK_MS;
      tick?.();
    }
  };
  return {
    player,
    shown,
    asked,
    ended,
    last: () => shown.at(-1),
    fail: (error: Error) => (fails = error),
    start: (at: number, speed: Speed) =>
      player.start(BEGIN + at * SECOND, times.at(-1) ?? 0, speed),
    answer,
    pass,
    /** Answers come twice a second. */
    play: async (ms: number) => {
      for (let left = ms; left > 0; left -= 500) {
        await answer();
        pass(Math.min(left, 500));
      }
    },
  };
}

describe('the player', () => {
  test('shows each event when as much time has passed as did then', async () => {
    const { start, play, last } = underTest([0, 1, 2, 2.5, 60]);
    start(0, 1);
    await play(900);
    expect(last()).toBe(0);
    await play(200);
    expect(last()).toBe(1);
    await play(1_000);
    expect(last()).toBe(2);
    await play(500);
    expect(last()).toBe(3);
  });

  test('shows events in order and leaves none out at its own speed', async () => {
    const { start, play, shown } = underTest(Array.from({ length: 40 }, (_, at) => at / 4));
    start(0, 1);
    await play(15_000);
    expect([...new Set(shown)]).toEqual(Array.from({ length: 40 }, (_, seq) => seq));
  });

  test('a day in a second asks for as few numbers as a second, each before it is wanted', async () => {
    const { start, answer, pass, asked, last } = underTest([0, 86_400, 3 * 86_400, 9 * 86_400]);
    start(0, 86_400);
    await answer();
    pass(900);
    expect(asked).toEqual(['0–86400', '86400–172800']);
    expect(last()).toBe(0);
    await answer();
    pass(1_000);
    expect(asked).toEqual(['0–86400', '86400–172800', '172800–259200']);
    expect(last()).toBe(1);
    await answer();
    pass(1_200);
    expect(last()).toBe(2);
  });

  test('waits for an answer that is late, and skips nothing', async () => {
    const { start, play, pass, shown, last } = underTest([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30]);
    start(0, 1);
    pass(20_000);
    expect(shown).toEqual([]);
    await play(1_100);
    expect(last()).toBe(1);
    // A second was known, and another one had been answered meanwhile.
    pass(60_000);
    expect(last()).toBe(3);
  });

  test('ends at the last event, which it has shown', async () => {
    const { player, start, play, ended, last } = underTest([0, 1, 2]);
    start(0.5, 1);
    await play(3_000);
    expect([last(), ended, player.isPlaying]).toEqual([2, ['at the end'], false]);
  });

  test('goes on from where it is when it is made faster', async () => {
    const { player, start, answer, play, pass, asked, last } = underTest([0, 1, 2, 50, 600, 3_000]);
    start(0, 1);
    await play(1_500);
    player.setSpeed(60);
    await answer();
    expect(asked.at(-1)).toBe('1.5–61.5');
    pass(900);
    expect(last()).toBe(3);
  });

  test('hears nothing any more once it was stopped', async () => {
    const { player, start, answer, pass, shown } = underTest([0, 1, 2]);
    start(0, 1);
    player.stop();
    await answer();
    pass(5_000);
    expect(shown).toEqual([]);
  });

  test('stops and says why when nothing can be asked', async () => {
    const { player, start, answer, fail, ended } = underTest([0, 1, 2]);
    const away = new Error('away');
    fail(away);
    start(0, 1);
    await answer();
    expect([ended, player.isPlaying]).toEqual([[away], false]);
  });
});
