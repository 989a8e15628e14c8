import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { TcpProxy } from '../../apps/api/src/event-log/testing/tcp-proxy.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { Ledger } from '../model/ledger.ts';
import { type Order, Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const SENDERS = 24;
const MOST_TIMES = 20;
const CUT_EVERY_MS = 40;
const KILLS = 2;

export const promise: FaultPromise = {
  id: 'R4',
  says: 'a report that is sent up to twenty times, side by side and through cut connections and kills, is recorded once',
  unit: 'report',
  usual: 400,
  full: 10_000,
  piece: 200,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const node = await realNode();
    try {
      await node.start();
      const proxy = await TcpProxy.before(() => Number(new URL(node.address).port));
      const ledger = await sendAll(node, proxy, times, seed);
      proxy.end();
      const tally = new Tally();
      tally.saw('doubtful for a time', ledger.doubts);
      for (const order of ledger.doubtful()) await ledger.send(node.address, order);
      await ledger.judge(node.address, tally);
      if (ledger.acknowledged.length < times)
        tally.add(`only ${ledger.acknowledged.length} were recorded`);
      return { ...tally.tested, times };
    } finally {
      await node.end();
    }
  },
};

/** Everything in an order drawn from the seed, while connections are cut and the node is killed twice. */
async function sendAll(
  node: RealNode,
  proxy: TcpProxy,
  times: number,
  seed: string,
): Promise<Ledger> {
  const [ledger, random] = [new Ledger(), randomOf(seed)];
  const orders = new Orders(seed, node.now);
  const reports = Array.from({ length: times }, () => orders.report());
  const sends = shuffled(
    reports.flatMap((order) => {
      return Array.from({ length: random.whole(1, MOST_TIMES) }, () => order);
    }),
    random,
  );
  const killAt = new Set(Array.from({ length: KILLS }, () => random.whole(0, sends.length - 1)));
  const cutting = setInterval(() => proxy.cut(), CUT_EVERY_MS);
  let [next, up] = [0, Promise.resolve()];
  const sender = async () => {
    for (let at = next++; at < sends.length; at = next++) {
      const order = sends[at];
      if (order === undefined) return;
      if (killAt.has(at)) up = node.kill().then(() => node.start());
      await up;
      await ledger.send(`http://127.0.0.1:${proxy.port}`, order, { cut: true });
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  clearInterval(cutting);
  await pause(CUT_EVERY_MS);
  return ledger;
}

function shuffled(orders: readonly Order[], random: Random): readonly Order[] {
  return orders
    .map((order) => ({ order, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ order }) => order);
}
