import { rudeConnections } from '../bad-input/rude-connections.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { withRunningNode } from '../model/real-process.ts';

export const promise: FaultPromise = {
  id: 'B2',
  says: 'connections that are dropped, cut and reset, and websockets that say anything in frames of any shape, harm nobody else and leave nothing behind',
  unit: 'connection',
  usual: 10_000,
  full: 100_000,
  piece: 50_000,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode(async (node) => (await rudeConnections(node, times, seed)).tested);
  },
};
