import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import { expect, jest, test } from '@jest/globals';
import { ask } from './testing/api.ts';
import { openReplay, play, scrub, step } from './testing/replay-hand.ts';
import { describeInBrowser, exercise } from './testing/visitor.ts';

/** The bench of the replay in short: that every place of the hand is answered, not how fast. */
jest.setTimeout(240_000);

describeInBrowser('a hand at the replay', (visitor) => {
  test('is answered at each step and grip, and sees a play state by state', async () => {
    const { asOf } = await ask<LogEntryPage>(exercise(), '/api/events?limit=1');
    const page = await visitor().window(exercise(), { webgl: false });
    await openReplay(page, exercise(), Math.floor(asOf * 0.6));
    expect(await step(page)).toBeGreaterThan(0);
    expect(await scrub(page, 0.3)).toBeGreaterThan(0);
    expect(await scrub(page, 0.5)).toBeGreaterThan(0);
    const gaps = await play(page, 5);
    expect(gaps).toHaveLength(5);
    // Two frames of a busy machine may be told in one go.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBeGreaterThan(0);
    expect(visitor().faults).toEqual([]);
  });
});
