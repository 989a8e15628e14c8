import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { TcpProxy } from '../../apps/api/src/event-log/testing/tcp-proxy.ts';
import { type CrowdMember, digestOf, LiveCrowd } from '../../apps/api/test/testing/live-crowd.ts';
import { allChanges } from '../../apps/api/test/testing/live-follower.ts';
import type { FaultPromise } from '../fault-promise.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { withRunningNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const DASHBOARDS = 300;
const REPORTS_A_TIME = 8;
/** Generous: machines are busy. */
const PATIENCE_MS = 120_000;

export const promise: FaultPromise = {
  id: 'R7',
  says: 'through cuts, stalls, black holes, stops and kills each of 300 dashboards is told every change once and in order',
  unit: 'disturbance',
  usual: 20,
  full: 600,
  piece: 20,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode(async (node) => ({
      ...(await disturbed(node, { times, seed, dashboards: DASHBOARDS })).tested,
      times,
    }));
  },
};

/** On a node that runs. */
export async function disturbed(
  node: FaultyNode,
  {
    times,
    seed,
    dashboards,
  }: {
    readonly times: number;
    readonly seed: string;
    readonly dashboards: number;
  },
): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger()];
  const orders = new Orders(seed, node.now);
  const proxy = await TcpProxy.before(() => Number(new URL(node.address).port));
  const crowd = new LiveCrowd(`http://127.0.0.1:${proxy.port}`, dashboards);
  try {
    await crowd.reached(0, PATIENCE_MS);
    for (let n = 0; n < times; n += 1) {
      const reports = Array.from({ length: REPORTS_A_TIME }, async () => {
        await pause(random.whole(0, 300));
        // Not through the proxy: what is cut is between the node and its dashboards.
        await ledger.send(node.address, orders.report(), { cut: true });
      });
      await pause(random.whole(0, 300));
      await HAPPENINGS[n % HAPPENINGS.length]?.({ node, proxy, random, reports });
      await Promise.all(reports);
    }
    for (const order of ledger.doubtful()) await ledger.send(node.address, order);
    await ledger.judge(node.address, tally);
    const changes = await allChanges(node.address);
    await crowd.reached(changes.at(-1)?.seq ?? 0, PATIENCE_MS);
    const wanted = { length: changes.length, digest: digestOf(changes) };
    for (const member of await crowd.members()) {
      tally.saw('connections', member.connections);
      tally.saw('changes told', member.applied);
      const wrong = wrongWith(member, wanted);
      if (wrong !== undefined) tally.add(wrong);
    }
    return tally;
  } finally {
    await crowd.end();
    proxy.end();
  }
}

interface Happening {
  readonly node: FaultyNode;
  /** Between the node and its dashboards. */
  readonly proxy: TcpProxy;
  readonly random: Random;
  readonly reports: readonly Promise<void>[];
}

/** In turn, so that a short run has all of them. */
const HAPPENINGS: readonly ((happening: Happening) => Promise<void> | void)[] = [
  ({ proxy }) => proxy.cut(),
  async ({ node }) => {
    await node.kill();
    await node.start();
  },
  async ({ proxy, random }) => {
    proxy.stall(true);
    await pause(random.whole(100, 2_000));
    proxy.stall(false);
  },
  // What a black hole took is gone, so that nothing can go on behind it.
  async ({ proxy, random }) => {
    proxy.swallow(true);
    await pause(random.whole(100, 2_000));
    proxy.cut();
    proxy.swallow(false);
  },
  async ({ node, reports }) => {
    await Promise.all(reports);
    await node.stop();
    await node.start();
  },
];

function wrongWith(
  { inOrder, gaps, reloads, applied, digest }: CrowdMember,
  wanted: { readonly length: number; readonly digest: string },
): string | undefined {
  if (!inOrder) return 'a dashboard was told changes out of order, twice or not at all';
  if (gaps + reloads > 0) return `a dashboard met ${gaps} gaps and ${reloads} new beginnings`;
  if (applied === wanted.length && digest === wanted.digest) return undefined;
  return `a dashboard was told ${applied} changes of ${wanted.length}, and not those`;
}
