import { describe, expect, test } from '@jest/globals';
import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import { LATE, Player, type Speed, TICK_MS } from './player.ts';

const SECOND = 1_000;
/** What is asked for at once, at the log's own speed. */
const PART_S = (20 * TICK_MS) / SECOND;
const BEGIN = Date.parse('2026-08-15T06:00:00.000Z');

/**
 * A log of events at these seconds, a steady clock, answers that come when the test says so, and a desk
 * that takes so long for the first drawing and for each other.
 */
function underTest(seconds: readonly number[], drawsMs = 0, firstMs = drawsMs) {
  const times = seconds.map((second) => BEGIN + second * SECOND);
  const shown: number[] = [];
  const asked: string[] = [];
  const ended: unknown[] = [];
  let now = 0;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  let answers: (() => void)[] = [];
  let fails: Error | undefined;
  const after = (ms: number, act: () => void) => {
    const timer = { at: now + ms, act };
    timers.push(timer);
    return () => void (timers = timers.filter((each) => each !== timer));
  };
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
    show: (seq) => {
      const ms = shown.push(seq) === 1 ? firstMs : drawsMs;
      return ms === 0 ? Promise.resolve() : new Promise((drawn) => after(ms, drawn));
    },
    ended: (error) => void ended.push(error ?? 'at the end'),
    now: () => now,
    after,
  });
  const told = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async () => {
    const due = answers;
    answers = [];
    for (const each of due) each();
    await told();
  };
  const pass = async (ms: number) => {
    for (const end = now + ms; ; await told()) {
      const next = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return void (now = end);
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.act();
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
    /** The desk does nothing for so long. */
    stall: (ms: number) => (now += ms),
    /** Answers come twice a second. */
    play: async (ms: number) => {
      for (let left = ms; left > 0; left -= 500) {
        await answer();
        await pass(Math.min(left, 500));
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
    const { start, answer, pass, asked, last } = underTest([0, 86_400, 2 * 86_400, 9 * 86_400]);
    start(0, 86_400);
    await answer();
    await pass(900);
    const second = 86_400 * PART_S;
    expect(asked).toEqual([`0–${second}`, `${second}–${2 * second}`]);
    expect(last()).toBe(0);
    await answer();
    await pass(1_000);
    expect(asked.slice(2)).toEqual([`${2 * second}–${3 * second}`]);
    expect(last()).toBe(1);
    await answer();
    await pass(1_200);
    expect(last()).toBe(2);
  });

  test('waits for an answer that is late, and skips nothing', async () => {
    const { start, play, pass, shown, last } = underTest([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30]);
    start(0, 1);
    await pass(20_000);
    expect(shown).toEqual([]);
    await play(1_100);
    expect(last()).toBe(1);
    // Three answers have come: two before what was known had been shown, and one meanwhile.
    await pass(60_000);
    expect(last()).toBe(Math.floor(3 * PART_S));
  });

  test('ends at the last event, which it has shown', async () => {
    const { player, start, play, ended, last } = underTest([0, 1, 2]);
    start(0.5, 1);
    await play(3_000);
    expect([last(), ended, player.isPlaying]).toEqual([2, ['at the end'], false]);
  });

  test('never goes back, where an event lies on the very end of what was asked for', async () => {
    const { start, play, shown } = underTest([0, 0.5, PART_S, PART_S, 2 * PART_S, 9]);
    start(0, 1);
    await play(3_000);
    expect(shown).toEqual(shown.toSorted((one, other) => one - other));
    expect(shown).toContain(3);
  });

  test('shows every state to a desk that once was late, as fast as it draws', async () => {
    const each = Array.from({ length: 200 }, (_, at) => (at * TICK_MS) / SECOND);
    const { start, play, stall, shown } = underTest(each, 10);
    start(0, 1);
    await play(1_000);
    stall(8 * TICK_MS);
    await play(1_000);
    expect(shown).toEqual(shown.map((_, at) => at + 1));
    expect(shown.length).toBeGreaterThanOrEqual(Math.floor((2_000 + 8 * TICK_MS) / TICK_MS) - 2);
  });

  test('begins when its first state is seen, and does not rush because that took long', async () => {
    const each = Array.from({ length: 200 }, (_, at) => (at * TICK_MS) / SECOND);
    const { start, play, shown } = underTest(each, 0, 8 * TICK_MS);
    start(0, 1);
    await play(20 * TICK_MS);
    expect(shown).toHaveLength(20 - 8);
  });

  test('leaves states out for a desk that is always late, and is never far behind', async () => {
    const each = Array.from({ length: 400 }, (_, at) => (at * TICK_MS) / SECOND);
    const { start, play, shown, last } = underTest(each, 3 * TICK_MS);
    start(0, 1);
    await play(9_000);
    const due = Math.floor(9_000 / TICK_MS);
    expect(due - (last() ?? 0)).toBeLessThanOrEqual(LATE + 5);
    expect(shown.length).toBeLessThan(due / 2);
  });

  test('goes on from where it is when it is made faster', async () => {
    const { player, start, answer, play, pass, asked, last } = underTest([0, 1, 2, 50, 600, 3_000]);
    start(0, 1);
    await play(1_500);
    player.setSpeed(60);
    const here = Math.floor(1_500 / TICK_MS) * TICK_MS;
    expect(asked.at(-1)).toBe(`${here / SECOND}–${(here + 60_000 * PART_S) / SECOND}`);
    await answer();
    await pass(900);
    expect(last()).toBe(3);
  });

  test('hears nothing any more once it was stopped', async () => {
    const { player, start, answer, pass, shown } = underTest([0, 1, 2]);
    start(0, 1);
    player.stop();
    await answer();
    await pass(5_000);
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
