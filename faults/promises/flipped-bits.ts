import type { FaultPromise } from '../fault-promise.ts';
import { flippedBits } from '../flipped-bits/flipped-bits.ts';
import { withBuiltNodes } from '../model/built-nodes.ts';

export const promise: FaultPromise = {
  id: 'R14',
  says: 'one flipped bit in log, WAL, vault or rows is harmless or is told, and nothing wrong is shown',
  unit: 'flipped bit',
  usual: 60,
  full: 1_000,
  piece: 30,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withBuiltNodes((nodes) => flippedBits(nodes, times, seed));
  },
};
