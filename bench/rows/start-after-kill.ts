import { setTimeout as pause } from 'node:timers/promises';
import { report, tenMinutesAgo } from '../../apps/api/test/testing/reports.ts';
import type { Contender, Row } from '../harness.ts';
import { flagsOver, largeFolder } from '../large-log.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { latencyOf } from '../load/quantiles.ts';
import { startedNode } from '../node-process.ts';

const SUBMITTERS = 8;
/** Long enough that pages wait in both WALs, and that some are being carried over. */
const LOADED_MS = 1_500;

/**
 * From the start of the process until it says that it is ready; before each it was killed under load. Its
 * files are still in the page cache of the system, and the columns of which figures are made it loads after
 * it is ready: the first figures wait for them.
 */
const killed: Contender = {
  name: 'the node',
  async start() {
    const folder = await largeFolder();
    let node = await startedNode(flagsOver(folder));
    let startedFor = 0;
    return {
      async run(starts) {
        const took = new Float64Array(starts);
        for (let n = 0; n < starts; n += 1) {
          const submitting = Array.from({ length: SUBMITTERS }, () =>
            submitUntilKilled(node.address),
          );
          await pause(LOADED_MS);
          await node.kill();
          await Promise.all(submitting);
          const began = performance.now();
          node = await startedNode(flagsOver(folder));
          took[n] = performance.now() - began;
          startedFor += await node.cpuMicros();
        }
        return latencyOf(took);
      },
      cpuMicros: async () => startedFor,
      memoryBytes: () => node.memoryBytes(),
      stop: () => node.stop(),
    };
  },
};

async function submitUntilKilled(address: string): Promise<void> {
  const connection = await HttpConnection.open(address);
  for (;;) {
    const answer = await connection.postUnlessCut(
      JSON.stringify(report({ when: tenMinutesAgo() })),
    );
    if (answer === undefined) return;
    if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${answer.body}`);
  }
}

export const row: Row = {
  name: 'start-after-kill',
  title:
    'ready after kill -9 under load, 1,000,000 reports, page cache warm, columns not yet loaded',
  unit: 'start',
  rounds: 1,
  units: 5,
  aims: { p99Ms: 10_000 },
  contenders: [killed],
};
