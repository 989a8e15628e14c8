import process, { argv } from 'node:process';
import { LiveFollower } from '../apps/api/test/testing/live-follower.ts';
import { until } from '../apps/api/test/testing/until.ts';
import { epochMs } from './epoch-ms.ts';

/**
 * `dashboard-process.ts ADDRESS`: follows the node by docs/live-protocol.md from its first event on, says
 * when it is live, and answers the number of an event with when it knew of each.
 */
const [address = ''] = argv.slice(2);
const heardAt: number[] = [];
const follower = new LiveFollower(-1, {
  forgets: true,
  heard(seq) {
    const now = epochMs();
    while (heardAt.length <= seq) heardAt.push(now);
  },
});
process.on('message', (seq: number) => {
  void until(() => follower.position >= seq).then(() => process.send?.(heardAt));
});
process.on('disconnect', () => void follower.leave());
await follower.connect(address);
process.send?.([]);
