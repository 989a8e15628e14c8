import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { StandIn } from '../../apps/api/src/event-log/testing/stand-in.ts';
import { TcpProxy } from '../../apps/api/src/event-log/testing/tcp-proxy.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { textOf } from '../model/asking.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const SUBMITTERS = 4;
const SENT_EVERY_MS = 250;
const LEAST_AWAY_MS = 1_000;
const MOST_AWAY_MS = 6_000;
const ANSWERED_WITHIN_MS = 12_000;
const BACK_WITHIN_MS = 10_000;

export const promise: FaultPromise = {
  id: 'R16',
  says: 'a store that refuses, is silent, slow, frozen or cut off keeps nobody waiting for 12 s, reading goes on, and within 10 s of its return so does recording; nothing is lost or twice',
  unit: 'outage',
  usual: 10,
  full: 200,
  piece: 10,
  short: 'apps/api/test/store-away.spec.ts',
  async test(times, seed) {
    const standIn = await StandIn.started();
    const proxy = await TcpProxy.before(() => standIn.port);
    const node = await realNode('unlimited', {
      EVENTSTORE_URL: `esdb://127.0.0.1:${proxy.port}?tls=false`,
      EVENTSTORE_PREFIX: 'faults',
    });
    try {
      await node.start();
      return { ...(await outages(node, { standIn, proxy }, times, seed)).tested, times };
    } finally {
      await node.end();
      await standIn.kill();
      proxy.end();
    }
  },
};

interface Store {
  readonly standIn: StandIn;
  /** Between the node and its store. */
  readonly proxy: TcpProxy;
}

async function outages(node: RealNode, store: Store, times: number, seed: string): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger('stream')];
  const orders = new Orders(seed, node.now);
  for (let n = 0; n < times; n += 1) {
    for (let sent = 0; sent < SUBMITTERS; sent += 1)
      await ledger.send(node.address, orders.report());
    tally.add(await broken({ node, store, ledger, orders, random }, n, tally));
    // What nobody knows of is sent again, as a form does.
    await Promise.all(ledger.doubtful().map((order) => ledger.send(node.address, order)));
  }
  tally.saw('doubtful for a time', ledger.doubts);
  await ledger.judge(node.address, tally);
  return tally;
}

interface Outage {
  readonly node: RealNode;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly orders: Orders;
  readonly random: Random;
}

async function broken(outage: Outage, n: number, tally: Tally): Promise<string | undefined> {
  const { node, store, ledger, orders, random } = outage;
  const [name, begin] = MISFORTUNES[n % MISFORTUNES.length] ?? MISFORTUNES[0];
  let [isOver, longest] = [false, 0];
  const submitters = Array.from({ length: SUBMITTERS }, async () => {
    while (!isOver) {
      const began = performance.now();
      await ledger.send(node.address, orders.report(), { away: true });
      longest = Math.max(longest, performance.now() - began);
      await pause(SENT_EVERY_MS);
    }
  });
  const end = begin(store);
  await pause(random.whole(LEAST_AWAY_MS, MOST_AWAY_MS));
  await textOf(`${node.address}/api/observations`);
  await textOf(`${node.address}/api/situation`);
  if (await isAway(node)) tally.saw('outages that the node knew of');
  await end();
  const took = await untilBack(node);
  isOver = true;
  await Promise.all(submitters);
  if (longest > ANSWERED_WITHIN_MS) return `${name}: somebody waited ${longest.toFixed(0)} ms`;
  return took > BACK_WITHIN_MS ? `${name}: back only after ${took.toFixed(0)} ms` : undefined;
}

/** How each begins, and what ends it. */
type Misfortune = (store: Store) => () => Promise<void> | void;

const MISFORTUNES: readonly [readonly [string, Misfortune], ...(readonly [string, Misfortune])[]] =
  [
    [
      'refused',
      ({ proxy }) => {
        proxy.refuse();
        return () => proxy.accept();
      },
    ],
    [
      'swallowed',
      ({ proxy }) => {
        proxy.swallow(true);
        // What a black hole took is gone, so that nothing can go on behind it.
        return () => {
          proxy.cut();
          proxy.swallow(false);
        };
      },
    ],
    [
      'frozen',
      ({ standIn }) => {
        standIn.freeze();
        return () => standIn.thaw();
      },
    ],
    [
      'cut off again and again',
      ({ proxy }) => {
        const cutting = setInterval(() => proxy.cut(), 150);
        return () => clearInterval(cutting);
      },
    ],
    [
      'stalled',
      ({ proxy }) => {
        proxy.stall(true);
        return () => proxy.stall(false);
      },
    ],
  ];

async function isAway({ address }: RealNode): Promise<boolean> {
  const { store }: { store: string } = JSON.parse(await textOf(`${address}/health/ready`));
  return store !== 'here';
}

/** Milliseconds until it says that the store is there; a little more than promised is waited for. */
async function untilBack(node: RealNode): Promise<number> {
  const began = performance.now();
  while (await isAway(node)) {
    if (performance.now() - began > 2 * BACK_WITHIN_MS) break;
    await pause(20);
  }
  return performance.now() - began;
}
