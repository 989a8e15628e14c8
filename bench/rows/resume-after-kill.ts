import { join } from 'node:path';
import { centreFileIn } from '../../apps/api/test/testing/centre-file.ts';
import { LiveCrowd } from '../../apps/api/test/testing/live-crowd.ts';
import { report, tenMinutesAgo } from '../../apps/api/test/testing/reports.ts';
import { freshFolder, removeFolder } from '../disk.ts';
import type { Contender, Readings, Row } from '../harness.ts';
import { flagsOver } from '../large-log.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { freePort, startedNode } from '../node-process.ts';

const MISSED = 20;
const PATIENCE_MS = 60_000;
/** Of the last of them: one figure a round. */
const UNTIL_ALL = 'until all have everything, ms';

/**
 * Dashboards in another process; the node is killed with SIGKILL and comes back, and what is reported at
 * once is missed by all of them. Counted from the moment in which it is ready.
 */
const crowd: Contender = {
  name: 'the node',
  async start() {
    const folder = freshFolder();
    const flags = [
      '--centre',
      centreFileIn(folder),
      ...flagsOver(join(folder, 'data'), await freePort()),
    ];
    let node = await startedNode(flags);
    let readings: Readings = {};
    return {
      async run(clients) {
        const dashboards = new LiveCrowd(node.address, clients);
        await dashboards.reached(await reported(node.address), PATIENCE_MS);
        await node.kill();
        node = await startedNode(flags);
        const began = performance.now();
        await dashboards.reached(await reported(node.address), PATIENCE_MS);
        const took = performance.now() - began;
        const members = await dashboards.members();
        await dashboards.end();
        const unwell = members.find(
          ({ gaps, reloads, inOrder }) => gaps > 0 || reloads > 0 || !inOrder,
        );
        if (unwell !== undefined)
          throw new Error(`a dashboard lost its way: ${JSON.stringify(unwell)}`);
        readings = { [UNTIL_ALL]: took };
        return { seconds: took / 1_000 };
      },
      readings: async () => readings,
      cpuMicros: () => node.cpuMicros(),
      memoryBytes: () => node.memoryBytes(),
      async stop() {
        await node.stop();
        removeFolder(folder);
      },
    };
  },
};

/** The number of the last of some reports. */
async function reported(address: string): Promise<number> {
  const connection = await HttpConnection.open(address);
  let last = 0;
  for (let n = 0; n < MISSED; n += 1) {
    const { body } = await connection.post(JSON.stringify(report({ when: tenMinutesAgo() })));
    last = JSON.parse(body).seq;
  }
  connection.close();
  return last;
}

export const row: Row = {
  name: 'resume-after-kill',
  title: 'dashboards that have everything again after kill -9, from the moment the node is back',
  unit: 'dashboard',
  rounds: 3,
  units: 1_000,
  aims: { most: { [UNTIL_ALL]: 4_000 } },
  contenders: [crowd],
};
