import type { Contender, Row } from '../harness.ts';
import { attackTable } from '../import-table.ts';
import { productNode } from '../node-process.ts';

/**
 * A table of strangers' rows over HTTP, each row its own observation: judged, synced to disk, projected
 * and answered with a line of its own. The rows are drawn before the clock starts.
 */
const node: Contender = {
  name: '100,000 rows',
  async start(units, warmUp) {
    const server = await productNode();
    const tables = [attackTable(warmUp, 1), attackTable(units - warmUp, 2)];
    return {
      async run(count) {
        const body = tables.shift() ?? '';
        const headers = { 'content-type': 'text/csv' };
        const answer = await fetch(`${server.address}/api/imports`, {
          method: 'POST',
          headers,
          body,
        });
        const lines = (await answer.text()).trim().split('\n');
        const { summary }: { summary?: { recorded: number } } = JSON.parse(lines.at(-1) ?? '');
        if (summary?.recorded !== count) throw new Error(`not all recorded: ${lines.at(-1)}`);
      },
      cpuMicros: () => server.cpuMicros(),
      memoryBytes: () => server.memoryBytes(),
      stop: () => server.stop(),
    };
  },
};

export const row: Row = {
  name: 'import',
  title: 'import of a table over HTTP, every row a new observation',
  unit: 'row',
  rounds: 2,
  units: 100_000,
  aims: { perSecond: 5_000 },
  contenders: [
    node,
    // What is held does not grow with the table.
    {
      ...node,
      name: '300,000 rows',
      units: 300_000,
      aims: { slower: { times: 1.2, than: node.name } },
    },
  ],
};
