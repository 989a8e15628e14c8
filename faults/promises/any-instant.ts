import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';
import { startNode } from '../../apps/api/dist/node.js';
import type { FaultPromise } from '../fault-promise.ts';
import { anyInstant } from '../model/any-instant.ts';
import { InProcess } from '../model/in-process.ts';

export const promise: FaultPromise = {
  id: 'R11',
  says: 'who dies before any statement of an append, of its rows, of a start or of a rebuild has lost nothing that was acknowledged',
  unit: 'instant',
  usual: 800,
  full: 8_000,
  piece: 200,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const nodes = new InProcess({ startNode, WriterConnection });
    const node = await nodes.fresh();
    try {
      const from = Number(seed.split('/').at(-1));
      return (await anyInstant(node, { times, seed, from })).tested;
    } finally {
      await node.end();
      await nodes.remove();
    }
  },
};
