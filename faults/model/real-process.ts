import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centreFileIn } from '../../apps/api/test/testing/centre-file.ts';
import { NodeProcess } from '../../apps/api/test/testing/node-process.ts';
import { ownPort } from '../../apps/api/src/event-log/testing/own-port.ts';
import { SmallDisk } from '../../apps/api/src/event-log/testing/small-disk.ts';
import type { Signs } from '../../apps/api/src/health/vital-signs.ts';
import { NODE_FLAGS } from '../../scripts/launcher/node-flags.mjs';
import { textOf } from './asking.ts';
import type { FaultyNode } from './faulty-node.ts';

const ROOM_MB = 24;

export interface RealNode extends FaultyNode {
  /** As long as it is up. */
  readonly process: NodeProcess;
  /** What it tells of itself on its second listener. */
  detail(): Promise<Signs>;
}

/**
 * The process as `npm start` runs it, killed by SIGKILL. Its clock is the machine's. With `limited` room it
 * has a disk of its own that is really full: that needs a system that lets us mount one.
 * @param more of its environment: the store it keeps its log in
 */
export async function realNode(
  room: 'limited' | 'unlimited' = 'unlimited',
  more: Readonly<Record<string, string>> = {},
): Promise<RealNode> {
  const disk = room === 'limited' ? SmallDisk.of(`${ROOM_MB}m`) : undefined;
  const base = mkdtempSync(join(tmpdir(), 'ceasewatch-real-'));
  const data = join(disk?.folder ?? base, 'data');
  const compiled = join(base, 'compiled');
  mkdirSync(compiled);
  const metrics = await ownPort();
  const env = { NODE_COMPILE_CACHE: compiled, NODE_OPTIONS: NODE_FLAGS.join(' '), ...more };
  const args = [
    '--metrics-port',
    `${metrics}`,
    '--empty',
    '--centre',
    centreFileIn(base),
    '--data',
    data,
    '--port',
    '0',
  ];
  let running: { readonly node: NodeProcess; readonly address: string } | undefined;
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    const going = running?.node.kill(signal);
    running = undefined;
    await going;
  };
  return {
    get address() {
      return running?.address ?? 'http://127.0.0.1:1';
    },
    folder: data,
    get process() {
      if (running === undefined) throw new Error('the node is not running');
      return running.node;
    },
    get now() {
      return Date.now();
    },
    detail: async () => JSON.parse(await textOf(`http://127.0.0.1:${metrics}/health/detail`)),
    can: (what) => what === 'run_full' && disk !== undefined,
    async start() {
      const node = new NodeProcess(args, env);
      running = { node, address: await node.ready() };
    },
    kill: () => endBy('SIGKILL'),
    stop: () => endBy('SIGTERM'),
    fill: (isFull) => (isFull ? disk?.fill() : disk?.free()),
    setClock: () => undefined,
    forgetRows() {
      for (const name of readdirSync(data)) {
        if (name.startsWith('read-model-')) rmSync(join(data, name));
      }
    },
    async end() {
      await endBy('SIGKILL');
      disk?.remove();
      rmSync(base, { recursive: true });
    },
  };
}

/** A node of its own that runs, for as long as it is put to the test. */
export async function withRunningNode<Found>(
  test: (node: RealNode) => Promise<Found>,
): Promise<Found> {
  const node = await realNode();
  try {
    await node.start();
    return await test(node);
  } finally {
    await node.end();
  }
}
