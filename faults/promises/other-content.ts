import { otherContent } from '../bad-input/other-content.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { withRunningNode } from '../model/real-process.ts';

export const promise: FaultPromise = {
  id: 'R5',
  says: 'an id that was recorded is refused for anything else: one thing changed is answered 409, and nothing is recorded',
  unit: 'changed report',
  usual: 1_000,
  full: 10_000,
  piece: 1_000,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode((node) => otherContent(node, times, seed));
  },
};
