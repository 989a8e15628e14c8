import type { FaultPromise } from '../fault-promise.ts';
import { clockJumps } from '../model/clock-jumps.ts';
import { withBuiltNode } from '../model/built-nodes.ts';

export const promise: FaultPromise = {
  id: 'R15',
  says: 'a clock that goes back, jumps ahead or stands still changes neither the order nor what is accepted, and no timer fires in bulk',
  unit: 'clock jump',
  usual: 300,
  full: 3_000,
  piece: 300,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withBuiltNode(async (node) => (await clockJumps(node, times, seed)).tested);
  },
};
