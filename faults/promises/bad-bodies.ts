import type { FaultPromise } from '../fault-promise.ts';
import { fuzz } from '../bad-input/fuzz.ts';
import { withRunningNode } from '../model/real-process.ts';

export const promise: FaultPromise = {
  id: 'B1',
  says: 'any request to any endpoint is answered or refused in order, and only what the schema allows is recorded',
  unit: 'request',
  usual: 10_000,
  full: 100_000,
  piece: 50_000,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode((node) => fuzz(node, times, seed));
  },
};
