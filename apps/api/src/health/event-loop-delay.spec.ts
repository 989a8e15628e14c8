import { afterEach, expect, test } from '@jest/globals';
import { until } from '../../test/testing/until.ts';
import { EventLoopDelay } from './event-loop-delay.ts';

/** Its half is longer than the stall: a histogram that was just forgotten does not see what had begun. */
const WINDOW_MS = 1_000;
let delay: EventLoopDelay;
afterEach(() => delay.close());

test('a stall is told for half a window at least, and forgotten after one', async () => {
  delay = new EventLoopDelay(WINDOW_MS);
  await until(() => delay.last.max > 0);
  hold(300);
  await until(() => delay.last.max > 250);
  const { p50, p99, max } = delay.last;
  expect(p99).toBeLessThanOrEqual(max);
  expect(p50).toBeLessThanOrEqual(p99);
  // The loop is free again: what was is gone as soon as the window has passed.
  await until(() => delay.last.max < 250);
});

test('a stall counts for as long as it lasts, however few of the turns it is', async () => {
  delay = new EventLoopDelay(60_000);
  await until(() => delay.last.max > 0);
  for (let stalls = 0; stalls < 3; stalls += 1) {
    await new Promise((resume) => setTimeout(resume, 300));
    hold(200);
  }
  await until(() => delay.last.max > 150);
  // Three of some hundred turns, and a third of the time: one moment of a hundred lies near the begin of one.
  expect(delay.last.p99).toBeGreaterThan(150);
});

test('before anything was measured nothing was late', () => {
  delay = new EventLoopDelay();
  expect(delay.last).toEqual({ p50: 0, p99: 0, max: 0 });
});

function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
