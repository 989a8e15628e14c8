import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Aims, Contender, Row } from '../harness.ts';
import { areRowsInUse, eventsOf, flagsOver, largeFolder, OBSERVATIONS } from '../large-log.ts';
import { type NodeServer, startedNode } from '../node-process.ts';

/**
 * From the start of a node that has its log and no rows until all rows are in use: the log is read, every
 * table filled, every index made. Every round is a start of its own, so nothing warms up.
 */
function rebuilt(name: string, observations: number, aims: Aims): Contender {
  return {
    name,
    aims,
    units: eventsOf(observations),
    async start() {
      const folder = await largeFolder(observations);
      let node: NodeServer | undefined;
      let isWarm = false;
      return {
        async run() {
          if (!isWarm) {
            isWarm = true;
            return;
          }
          for (const file of readdirSync(folder)) {
            if (file.startsWith('read-model-')) rmSync(join(folder, file));
          }
          node = await startedNode(flagsOver(folder));
          while (!(await areRowsInUse(node.address))) await new Promise((on) => setTimeout(on, 20));
        },
        cpuMicros: async () => node?.cpuMicros() ?? 0,
        memoryBytes: async () => node?.memoryBytes() ?? 0,
        stop: async () => node?.stop(),
      };
    },
  };
}

const FEWER = 'from 100,000 reports';

export const row: Row = {
  name: 'rebuild-large',
  title: 'a node builds all rows anew from the log of 1,000,000 reports',
  unit: 'event',
  rounds: 2,
  units: eventsOf(OBSERVATIONS),
  contenders: [
    rebuilt('from 1,000,000 reports', OBSERVATIONS, { perSecond: 50_000 }),
    rebuilt(FEWER, OBSERVATIONS / 10, {}),
    rebuilt('from 3,000,000 reports', 3 * OBSERVATIONS, { slower: { times: 1.5, than: FEWER } }),
  ],
};
