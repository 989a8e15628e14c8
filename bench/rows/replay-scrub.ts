import { randomOf } from '@ceasewatch/domain/testing/random';
import type { Page } from 'playwright-core';
import { scrub } from '../../apps/web/browser/testing/replay-hand.ts';
import type { Row } from '../harness.ts';
import { type Latency, latencyOf } from '../load/quantiles.ts';
import { replayOfExercise, replayOfMany } from '../replay-contenders.ts';

/** From a grip of the line at a random place to the painted state of that moment: node, network, page. */
const random = randomOf('scrub');
async function scrubbed(page: Page, count: number): Promise<Latency> {
  const millis = new Float64Array(count);
  for (let at = 0; at < count; at += 1)
    millis[at] = await scrub(page, 0.05 + random.whole(0, 900) / 1_000);
  return latencyOf(millis);
}

export const row: Row = {
  name: 'replay-scrub',
  title: 'replay in the browser: a grip of the line → its state painted, software rendering',
  unit: 'moment',
  rounds: 2,
  units: 40,
  aims: { p95Ms: 100 },
  contenders: [replayOfExercise(scrubbed), replayOfMany(scrubbed)],
};
