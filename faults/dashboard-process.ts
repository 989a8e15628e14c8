import process, { argv } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import { LiveFollower } from '../apps/api/test/testing/live-follower.ts';
import { epochMs } from './epoch-ms.ts';

/** What it does not know by then it was not told in time, and is missing in the answer. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 10;

/**
 * `dashboard-process.ts ADDRESS`: begins with a snapshot and follows the node by docs/live-protocol.md, says
 * when it is live, and answers the number of an event with when it knew of each.
 */
const [address = ''] = argv.slice(2);
const heardAt: number[] = [];
const snapshot = await fetch(`${address}/api/observations?limit=1`);
const { asOf }: ObservationPage = JSON.parse(await snapshot.text());
const follower = new LiveFollower(asOf, {
  forgets: true,
  heard(seq) {
    const now = epochMs();
    while (heardAt.length <= seq) heardAt.push(now);
  },
});
process.on('message', (seq: number) => void answer(seq));
process.on('disconnect', () => void follower.leave());
await follower.connect(address);
process.send?.([]);

async function answer(seq: number): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  while (follower.position < seq && performance.now() < patience) await pause(LOOK_MS);
  process.send?.(heardAt);
}
