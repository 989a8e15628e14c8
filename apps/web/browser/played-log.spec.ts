import { isDeepStrictEqual } from 'node:util';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { StatesAnswer } from '@ceasewatch/api/contract/states';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { Playback } from '../src/app/[locale]/replay/playback.ts';
import { ask, askList, askSituation } from './testing/api.ts';
import { describeAtExercise, exercise } from './testing/visitor.ts';

/**
 * What the replay shows while it plays, held against what the node answers as of the same event: no
 * browser takes part, but the node must be the real one.
 */
jest.setTimeout(120_000);

const SECONDS = 3;
const VIEWS = ['window=30d', 'window=7d&contingent=alfa', 'window=all&located=true'];

describeAtExercise('a log that is played', () => {
  let head: number;
  beforeAll(async () => {
    head = (await ask<LogEntryPage>(exercise(), '/api/events?limit=1')).asOf;
  });

  test.each(VIEWS)('shows at each event the node’s state as of it: %s', async (view) => {
    const random = randomOf(view);
    const asked: string[] = [];
    const playback = new Playback((events) => {
      asked.push(`/api/situation/states?${view}&events=${events.join()}`);
      return ask<StatesAnswer>(exercise(), asked.at(-1) ?? '');
    });
    let seq = Math.floor(head * 0.2);
    let asLong = 0;
    for (let second = 0; second < SECONDS; second += 1) {
      // A step, a minute's worth of events, or a day's.
      const most = [2, 8, 90][second] ?? 1;
      const events = Array.from({ length: 20 }, () => (seq += random.whole(0, most)));
      await playback.coming(events);
      for (const event of events.filter((_, place) => place % 3 === 0)) {
        const state = await playback.at(event);
        const as = `${view}&asOf=${event}`;
        const { staleSince: _stale, ...told } = await askSituation(exercise(), as);
        expectSame(state.answer, told);
        const since = `from=${told.situation.window.from}`;
        const rest = view.split('&').slice(1).join('&');
        const list = await askList(exercise(), `${rest}&${since}&asOf=${event}&limit=40`);
        expectSame(state.recorded.items, list.items);
        asLong += told.situation.matching;
      }
    }
    // A comparison of nothing with nothing would say nothing.
    expect(asLong).toBeGreaterThan(20);
    expect(asked).toHaveLength(SECONDS);
  });
});

/** Large answers: what is strictly the same need not be looked at as jest does. */
function expectSame(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}
