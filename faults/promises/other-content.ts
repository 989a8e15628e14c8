import { otherContent } from '../bad-input/other-content.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { realNode } from '../model/real-process.ts';

export const promise: FaultPromise = {
  id: 'R5',
  says: 'an id that was recorded is refused for anything else: one thing changed is answered 409, and nothing is recorded',
  unit: 'changed report',
  usual: 1_000,
  full: 10_000,
  piece: 1_000,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const node = await realNode();
    try {
      await node.start();
      return await otherContent(node, times, seed);
    } finally {
      await node.end();
    }
  },
};
