import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';
import { startNode } from '../../apps/api/dist/node.js';
import type { FaultPromise } from '../fault-promise.ts';
import { InProcess } from '../model/in-process.ts';
import { modelRuns } from '../model/model-runs.ts';

export const promise: FaultPromise = {
  id: 'M1',
  says: 'whatever happens in whatever order, log, rows and live feed are what was acknowledged; in process',
  unit: 'run',
  usual: 150,
  full: 3_000,
  piece: 50,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const nodes = new InProcess({ startNode, WriterConnection });
    try {
      return await modelRuns({ times, seed, mostCommands: 60, node: () => nodes.fresh() });
    } finally {
      await nodes.remove();
    }
  },
};
