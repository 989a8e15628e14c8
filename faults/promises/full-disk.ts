import { SmallDisk } from '../../apps/api/src/event-log/testing/small-disk.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { textOf } from '../model/asking.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const REFUSED_WITHIN_MS = 1_000;
const RECOVERED_WITHIN_MS = 5_000;

export const promise: FaultPromise = {
  id: 'R12',
  says: 'a full disk is told within a second, reading goes on, and with room again so does recording, without a restart',
  unit: 'full disk',
  usual: 20,
  full: 200,
  piece: 10,
  short: 'faults.spec.ts',
  whyNot: whyNoDisk,
  async test(times, seed) {
    const node = await realNode('limited');
    const [tally, ledger, orders] = [new Tally(), new Ledger(), new Orders(seed, node.now)];
    try {
      await node.start();
      for (let n = 0; n < times; n += 1) tally.add(await broken(node, ledger, orders));
      await ledger.judge(node.address, tally);
      return { ...tally.tested, times };
    } finally {
      await node.end();
    }
  },
};

async function broken(node: RealNode, ledger: Ledger, orders: Orders): Promise<string | undefined> {
  for (let n = 0; n < 5; n += 1) await ledger.send(node.address, orders.report());
  node.fill(true);
  const refused = await refusedOne(node, ledger, orders);
  if (refused === undefined) return 'it went on recording on a full disk';
  if (refused > REFUSED_WITHIN_MS) return `it took ${refused} ms to say that the disk is full`;
  const { store } = JSON.parse(await textOf(`${node.address}/health/ready`));
  if (store !== 'full') return `the store of a full disk is ${store}`;
  await textOf(`${node.address}/api/observations`);
  await textOf(`${node.address}/api/situation`);
  node.fill(false);
  const freed = performance.now();
  await ledger.send(node.address, orders.report());
  const took = performance.now() - freed;
  return took > RECOVERED_WITHIN_MS ? `it took ${took} ms to record again` : undefined;
}

/** What still fits into pages that the files have goes in; then how long the refusal took. */
async function refusedOne(
  node: RealNode,
  ledger: Ledger,
  orders: Orders,
): Promise<number | undefined> {
  for (let n = 0; n < 500; n += 1) {
    const began = performance.now();
    const status = await ledger.send(node.address, orders.report(), { full: true });
    if (status === 507) return performance.now() - began;
  }
  return undefined;
}

function whyNoDisk(): string | undefined {
  const disk = SmallDisk.of('1m');
  disk?.remove();
  return disk === undefined ? 'no small disk can be mounted' : undefined;
}
