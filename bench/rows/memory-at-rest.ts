import { setTimeout as pause } from 'node:timers/promises';
import { freshFolder, removeFolder } from '../disk.ts';
import type { Contender, Row } from '../harness.ts';
import { startedNode } from '../node-process.ts';

/** What the process holds with the whole exercise, told once by an earlier process, and nobody asking. */
const resting: Contender = {
  name: 'the node',
  async start() {
    const folder = freshFolder();
    const flags = ['--data', folder, '--port', '0', '--seed', 'bench'];
    await (await startedNode(flags)).stop();
    const node = await startedNode(flags);
    return {
      run: (seconds) => pause(seconds * 1_000),
      cpuMicros: () => node.cpuMicros(),
      memoryBytes: () => node.memoryBytes(),
      async stop() {
        await node.stop();
        removeFolder(folder);
      },
    };
  },
};

export const row: Row = {
  name: 'memory-at-rest',
  title: 'memory of a node at rest with the exercise',
  unit: 'second',
  rounds: 2,
  units: 10,
  // 200 MiB.
  aims: { memoryMb: 210 },
  contenders: [resting],
};
