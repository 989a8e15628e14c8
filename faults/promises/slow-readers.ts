import { LiveClient } from '../../apps/api/test/testing/live-client.ts';
import { loadProcess } from '../../bench/asked-process.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { type RealNode, withRunningNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const HEALTHY = 300;
const STALLED = 20;
const CRAWLING = 20;
const REPORTS_A_SECOND = 50;
/** Each half: long enough that whoever does not read has been taken out of the stream by its end. */
const HALF_S = 10;
/** A crawling client reads for a moment so often. */
const CRAWL_MS = 500;
const SLOWER_AT_MOST = 1.3;
/** What the product promises a thousand dashboards at this pace: where it is slow alone, 1.3 times that is not well. */
const MOST_P99_MS = 300;
const MOST_RESIDENT_MB = 350;

export const promise: FaultPromise = {
  id: 'R18',
  says: '20 stalled and 20 crawling dashboards are taken out within 10 s, make 300 others at most 1.3 times slower, who have 99 of 100 frames within 300 ms, and the node stays below 350 MB',
  unit: 'round',
  usual: 2,
  full: 30,
  piece: 30,
  short: 'apps/api/test/live-limits.spec.ts',
  test(times) {
    return withRunningNode(async (node) => ({
      ...(await besideSlowOnes(node, times)).tested,
      times,
    }));
  },
};

/** In each round first without them and then beside them, so that a slow minute of the machine hits both. */
async function besideSlowOnes(node: RealNode, rounds: number): Promise<Tally> {
  const tally = new Tally();
  const healthy = await loadProcess('listen.ts', [node.address, HEALTHY, REPORTS_A_SECOND]);
  const [alone, beside]: [number[], number[]] = [[], []];
  const half = async () => (await healthy.ask(HALF_S * REPORTS_A_SECOND)).p99Ms;
  try {
    // What starts cold is slow with nobody beside it.
    await half();
    for (let done = 0; done < rounds; done += 1) {
      alone.push(await half());
      const slow = await slowOnes(node.address);
      beside.push(await half());
      tally.add(await brokenBy(node, tally));
      await slow.leave();
    }
  } finally {
    await healthy.stop();
  }
  const [without, among] = [middle(alone), middle(beside)];
  tally.measured('p99 ms without them', Math.round(without));
  tally.measured('p99 ms beside them', Math.round(among));
  if (among > SLOWER_AT_MOST * without) {
    tally.add(`the others waited ${among.toFixed(0)} ms, not ${without.toFixed(0)} ms`);
  }
  if (!(among <= MOST_P99_MS)) {
    tally.add(`99 of 100 frames took the others ${among.toFixed(0)} ms, not ${MOST_P99_MS} ms`);
  }
  return tally;
}

async function brokenBy({ detail }: RealNode, tally: Tally): Promise<string | undefined> {
  const { sockets, residentBytes } = await detail();
  const residentMb = Math.round(residentBytes / 1e6);
  tally.saw('slow ones taken out', HEALTHY + STALLED + CRAWLING - sockets.streaming);
  if (residentMb > MOST_RESIDENT_MB) return `the node held ${residentMb} MB`;
  return sockets.streaming > HEALTHY
    ? `${sockets.streaming - HEALTHY} slow ones are still streamed to`
    : undefined;
}

/** They join like all others, and then do not read, or hardly. */
async function slowOnes(address: string): Promise<{ readonly leave: () => Promise<void> }> {
  const clients = await Promise.all(
    Array.from({ length: STALLED + CRAWLING }, () => LiveClient.open(address)),
  );
  for (const client of clients) {
    await client.join((await client.join(0))?.head ?? 0);
    client.stopReading();
  }
  const crawling = setInterval(() => {
    for (const client of clients.slice(STALLED)) {
      client.readOn();
      setImmediate(() => client.stopReading());
    }
  }, CRAWL_MS);
  return {
    async leave() {
      clearInterval(crawling);
      for (const client of clients) client.readOn();
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
