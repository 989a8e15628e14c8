import { rudeConnections } from '../bad-input/rude-connections.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { realNode } from '../model/real-process.ts';

export const promise: FaultPromise = {
  id: 'B2',
  says: 'connections that are dropped, cut and reset, and websockets that say anything in frames of any shape, harm nobody else and leave nothing behind',
  unit: 'connection',
  usual: 10_000,
  full: 100_000,
  piece: 50_000,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const node = await realNode();
    try {
      await node.start();
      return (await rudeConnections(node, times, seed)).tested;
    } finally {
      await node.end();
    }
  },
};
