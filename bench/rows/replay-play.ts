import type { Page } from 'playwright-core';
import { play } from '../../apps/web/browser/testing/replay-hand.ts';
import type { Aims, Row, Worked } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { replayOfExercise, replayOfMany } from '../replay-contenders.ts';

/** Figures and lists of a log that is played at a day a second; the latency is that from state to state. */
async function played(page: Page, count: number): Promise<Worked> {
  const gaps = Float64Array.from(await play(page, count));
  return { ...latencyOf(gaps), seconds: gaps.reduce((sum, gap) => sum + gap, 0) / 1_000 };
}

/** As a mean, so that every stall counts; half of the states may not come later than a screen shows them. */
const AIMS: Aims = { perSecond: 20, p50Ms: 55 };

export const row: Row = {
  name: 'replay-play',
  title: 'replay in the browser: a day a second, software rendering',
  unit: 'state',
  rounds: 3,
  units: 200,
  aims: AIMS,
  contenders: [replayOfExercise(played), { ...replayOfMany(played), aims: AIMS }],
};
