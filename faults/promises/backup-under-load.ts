import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { projectRoot } from '../../scripts/source-tree.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { eventsOf } from '../model/asking.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { NodeProcess } from '../../apps/api/test/testing/node-process.ts';
import { Tally } from '../tally.ts';

const SUBMITTERS = 8;
const run = promisify(execFile);

export const promise: FaultPromise = {
  id: 'R23',
  says: 'a backup that is taken under load and put back holds everything that was acknowledged before it began',
  unit: 'backup',
  usual: 5,
  full: 40,
  piece: 5,
  short: 'apps/api/test/backup.spec.ts',
  async test(times, seed) {
    const [node, tally, ledger] = [await realNode(), new Tally(), new Ledger()];
    const orders = new Orders(seed, node.now);
    let isOver = false;
    try {
      await node.start();
      const submitters = Array.from({ length: SUBMITTERS }, async () => {
        while (!isOver) await ledger.send(node.address, orders.report());
      });
      for (let n = 0; n < times; n += 1) {
        await pause(300);
        tally.add(await broken(node, ledger, join(node.folder, `../backup-${n}`)));
      }
      isOver = true;
      await Promise.all(submitters);
      await ledger.judge(node.address, tally);
      return { ...tally.tested, times };
    } finally {
      isOver = true;
      await node.end();
    }
  },
};

async function broken(node: RealNode, ledger: Ledger, backup: string): Promise<string | undefined> {
  const before = ledger.acknowledged.map(({ id }) => id);
  await command('backup', [backup, '--data', node.folder]);
  const during = ledger.acknowledged.length - before.length;
  if (during === 0) return 'nothing was acknowledged meanwhile, so there was no load';
  const restored = `${backup}-restored`;
  await command('restore', [backup, '--data', restored]);
  const other = new NodeProcess(['--empty', '--data', restored, '--port', '0']);
  try {
    const there = new Set((await eventsOf(await other.ready())).map(({ envelope }) => envelope.id));
    const lost = before.find((id) => !there.has(id));
    return lost && `${lost} was acknowledged before and is not in the backup`;
  } finally {
    await other.kill('SIGTERM');
  }
}

/** @throws what it said, where it did not end well */
async function command(name: 'backup' | 'restore', args: readonly string[]): Promise<void> {
  await run(execPath, [join(projectRoot, `apps/api/dist/backup/${name}.main.js`), ...args]);
}
