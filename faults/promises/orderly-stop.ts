import { LiveCrowd } from '../../apps/api/test/testing/live-crowd.ts';
import { postOf, rawRequest } from '../../apps/api/test/testing/raw-request.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const SLOW_REQUESTS = 50;
const DASHBOARDS = 500;
/** The last byte of each body comes so long after the rest. */
const SLOW_MS = 1_500;
const EXIT_WITHIN_MS = 10_000;
const JOINED_WITHIN_MS = 60_000;

export const promise: FaultPromise = {
  id: 'R21',
  says: 'asked to stop with 50 slow requests and 500 dashboards, it answers all of them, is gone within 10 s, and nothing is lost',
  unit: 'stop',
  usual: 3,
  full: 30,
  piece: 3,
  short: 'apps/api/test/draining.spec.ts',
  async test(times, seed) {
    const [node, tally] = [await realNode(), new Tally()];
    const [ledger, orders] = [new Ledger(), new Orders(seed, node.now)];
    try {
      for (let n = 0; n < times; n += 1) {
        await node.start();
        tally.add(await broken(node, ledger, orders, tally));
      }
      await node.start();
      await ledger.judge(node.address, tally);
      return { ...tally.tested, times };
    } finally {
      await node.end();
    }
  },
};

async function broken(
  node: RealNode,
  ledger: Ledger,
  orders: Orders,
  tally: Tally,
): Promise<string | undefined> {
  await ledger.send(node.address, orders.report());
  const crowd = new LiveCrowd(node.address, DASHBOARDS);
  await crowd.reached(0, JOINED_WITHIN_MS);
  const slow = Array.from({ length: SLOW_REQUESTS }, () => orders.report());
  const answers = slow.map((order) => {
    const post = postOf(node.address, order.body);
    const pieces = [post.subarray(0, -1), post.subarray(-1)];
    return rawRequest(node.address, pieces, { pauseMs: SLOW_MS });
  });
  // Asked whether it is ready, so that it knows of a proxy that has to learn of the stop first.
  await fetch(`${node.address}/health/ready`);
  const { process: running } = node;
  const began = performance.now();
  await node.stop();
  const took = performance.now() - began;
  const { code, errors } = await running.ended;
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  await crowd.end();
  const answered = statuses.filter((status) => status === 201).length;
  tally.saw('slow requests answered', answered);
  if (code !== 0 || errors !== '') return `it ended with ${code}: ${errors}`;
  if (answered < SLOW_REQUESTS) return `only ${answered} were answered: ${statuses.join(' ')}`;
  for (const [at, text] of (await Promise.all(answers)).entries()) {
    const order = slow[at];
    if (order !== undefined) ledger.answered(order, 201, JSON.parse(bodyOf(text.text)));
  }
  return took > EXIT_WITHIN_MS ? `it took ${took.toFixed(0)} ms to stop` : undefined;
}

function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}
