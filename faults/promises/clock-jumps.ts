import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';
import { startNode } from '../../apps/api/dist/node.js';
import type { FaultPromise } from '../fault-promise.ts';
import { clockJumps } from '../model/clock-jumps.ts';
import { InProcess } from '../model/in-process.ts';

export const promise: FaultPromise = {
  id: 'R15',
  says: 'a clock that goes back, jumps ahead or stands still changes neither the order nor what is accepted, and no timer fires in bulk',
  unit: 'clock jump',
  usual: 300,
  full: 3_000,
  piece: 300,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const nodes = new InProcess({ startNode, WriterConnection });
    const node = await nodes.fresh();
    try {
      return (await clockJumps(node, times, seed)).tested;
    } finally {
      await node.end();
      await nodes.remove();
    }
  },
};
