import type { Page } from 'playwright-core';
import { play } from '../../apps/web/browser/testing/replay-hand.ts';
import type { Row } from '../harness.ts';
import { type Latency, latencyOf } from '../load/quantiles.ts';
import { replayOfExercise, replayOfMany } from '../replay-contenders.ts';

/** Figures and lists of a log that is played at a day a second; the latency is that from state to state. */
async function played(page: Page, count: number): Promise<Latency> {
  return latencyOf(Float64Array.from(await play(page, count)));
}

export const row: Row = {
  name: 'replay-play',
  title: 'replay in the browser: a day a second, software rendering',
  unit: 'state',
  rounds: 2,
  units: 100,
  // As a mean, so that every stall counts; half of the states may not come later than a screen shows them.
  aims: { perSecond: 20, p50Ms: 55 },
  contenders: [replayOfExercise(played), replayOfMany(played)],
};
