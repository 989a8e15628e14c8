import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { env } from 'node:process';
import { NODE_FLAGS } from '../../scripts/launcher/node-flags.mjs';
import type { Contender, Row } from '../harness.ts';
import { PacedAppends } from '../paced.ts';
import { sampleEvents } from '../sample-events.ts';
import type { NodeSaid } from '../servers/store-node.ts';
import { BARE_CLIENT, ownStore, THE_STORE } from '../store-contenders.ts';

/**
 * From the order to append at one of three nodes, in turn, until followers at all three have it. The
 * nodes are processes of their own and share this machine with the store; so do three bare clients,
 * which show what the store alone takes.
 */
const NODES = 3;
const PER_SECOND = 200;
/** As a node of the product is run. */
const NODE_OPTIONS = [env['NODE_OPTIONS'] ?? '', ...NODE_FLAGS].join(' ');
const SCRIPT = join(import.meta.dirname, '../servers/store-node.ts');

function threeOf(name: string, which: readonly string[] = []): Contender {
  return {
    name,
    async start(units) {
      const { url, prefix } = await ownStore();
      const events = sampleEvents(units, units);
      const paced = new PacedAppends(PER_SECOND, NODES);
      const answered = new Map<number, () => void>();
      const nodes: ChildProcess[] = [];
      const args = [url, prefix, `${units}`, ...which];
      // One begins the log, the others find it.
      for (let n = 0; n < NODES; n += 1) nodes.push(await started(args));
      for (const node of nodes) {
        node.on('message', (said: NodeSaid) => {
          if ('seen' in said) for (const { id, at } of said.seen) paced.seen(id, at);
          else if ('appended' in said) answered.get(said.appended)?.();
        });
      }
      let next = 0;
      return {
        run(count) {
          const first = next;
          next += count;
          return paced.run(events.slice(first, next), (_, at) => {
            const n = first + at;
            const answer = new Promise<void>((resolve) => answered.set(n, resolve));
            nodes[n % NODES]?.send(n);
            return answer;
          });
        },
        async stop() {
          const ended = nodes.map((node) => once(node, 'exit'));
          for (const node of nodes) node.disconnect();
          await Promise.all(ended);
        },
      };
    },
  };
}

async function started(args: readonly string[]): Promise<ChildProcess> {
  const node = fork(SCRIPT, args, { env: { ...env, NODE_OPTIONS } });
  const gone = new AbortController();
  const failed = once(node, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('a node ended before it was ready');
  });
  await Promise.race([once(node, 'message'), failed]);
  gone.abort();
  await failed.catch((error: unknown) => {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  });
  return node;
}

export const row: Row = {
  name: 'store-three-nodes',
  title: `a report at one node → at all three, on ${THE_STORE}, ${PER_SECOND}/s`,
  unit: 'event',
  rounds: 3,
  // A quarter of a minute: what a node does once, as starting a thread, is no hundredth of it.
  units: 3_000,
  aims: { p99Ms: 50 },
  contenders: [threeOf('three nodes, each a process'), threeOf(BARE_CLIENT, ['bare'])],
};
