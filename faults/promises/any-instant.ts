import type { FaultPromise } from '../fault-promise.ts';
import { anyInstant } from '../model/any-instant.ts';
import { withBuiltNode } from '../model/built-nodes.ts';

export const promise: FaultPromise = {
  id: 'R11',
  says: 'who dies before any statement of an append, of its rows, of a start or of a rebuild has lost nothing that was acknowledged',
  unit: 'instant',
  usual: 800,
  full: 8_000,
  piece: 200,
  short: 'faults.spec.ts',
  test(times, seed) {
    const from = Number(seed.split('/').at(-1));
    return withBuiltNode(async (node) => (await anyInstant(node, { times, seed, from })).tested);
  },
};
