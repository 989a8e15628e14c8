import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';
import { startNode } from '../../apps/api/dist/node.js';
import type { FaultPromise } from '../fault-promise.ts';
import { flippedBits } from '../flipped-bits/flipped-bits.ts';
import { InProcess } from '../model/in-process.ts';

export const promise: FaultPromise = {
  id: 'R14',
  says: 'one flipped bit in log, WAL, vault or rows is harmless or is told, and nothing wrong is shown',
  unit: 'flipped bit',
  usual: 60,
  full: 1_000,
  piece: 30,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const nodes = new InProcess({ startNode, WriterConnection });
    try {
      return await flippedBits(nodes, times, seed);
    } finally {
      await nodes.remove();
    }
  },
};
