import { WriterConnection } from '../../apps/api/dist/event-log/sqlite-connection.js';
import { startNode } from '../../apps/api/dist/node.js';
import { InProcess, type MortalNode } from './in-process.ts';

/** Nodes in this process, of the product as it was built, for as long as they are put to the test. */
export async function withBuiltNodes<Found>(
  test: (nodes: InProcess) => Promise<Found>,
): Promise<Found> {
  const nodes = new InProcess({ startNode, WriterConnection });
  try {
    return await test(nodes);
  } finally {
    await nodes.remove();
  }
}

/** One of them. */
export function withBuiltNode<Found>(test: (node: MortalNode) => Promise<Found>): Promise<Found> {
  return withBuiltNodes(async (nodes) => {
    const node = await nodes.fresh();
    try {
      return await test(node);
    } finally {
      await node.end();
    }
  });
}
