import { isDeepStrictEqual } from 'node:util';
import { type Random, randomOf } from '@ceasewatch/domain/testing/random';
import { allChanges, LiveFollower } from '../../apps/api/test/testing/live-follower.ts';
import { until } from '../../apps/api/test/testing/until.ts';
import { Tally } from '../tally.ts';
import { ask } from './asking.ts';
import type { FaultyNode } from './faulty-node.ts';
import { Ledger } from './ledger.ts';
import { type Order, Orders } from './orders.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Less than any report of `Orders` is old, so that those are never in the future. */
const FURTHEST_HOURS = 48;
const GOES_ON_HOURS = 8;
const RESTART_EVERY = 10;
const HEARTBEAT_MS = 5_000;

/**
 * A node whose wall clock jumps while its monotonic clock runs on, also across restarts. What is recorded
 * is in the order of its numbers and never before what was recorded before it; what is in the future of
 * that time is refused, what is not is taken.
 */
export async function clockJumps(node: FaultyNode, times: number, seed: string): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger()];
  const begun = node.now;
  const orders = new Orders(seed, begun);
  const follower = new LiveFollower();
  await node.start();
  await follower.connect(node.address);
  for (let n = 0; n < times; n += 1) {
    const isRestarted = n % RESTART_EVERY === RESTART_EVERY - 1;
    if (isRestarted) await Promise.all([follower.leave(), node.kill()]);
    // Time goes on beneath the jumps, else all of it would soon be behind the furthest of them.
    const hours = n * GOES_ON_HOURS + random.pick([-2, 24, 0, offset(random), offset(random)]);
    node.setClock(begun + hours * HOUR_MS);
    if (isRestarted) {
      await node.start();
      await follower.connect(node.address);
    }
    const began = performance.now();
    const heard = follower.client?.heartbeats.length ?? 0;
    tally.add(await broken(node, { ledger, orders, random }, tally));
    const more = (follower.client?.heartbeats.length ?? 0) - heard;
    const due = Math.ceil((performance.now() - began) / HEARTBEAT_MS) + 1;
    if (more > due) tally.add(`${more} heartbeats where ${due} were due`);
  }
  await ledger.judge(node.address, tally);
  const changes = await allChanges(node.address);
  await until(() => follower.position >= (changes.at(-1)?.seq ?? -1));
  await follower.leave();
  const isTold = isDeepStrictEqual(follower.applied, changes) && follower.gaps === 0;
  if (!isTold) tally.add('whoever watched was told something else than the log has');
  return tally;
}

const offset = (random: Random) => random.whole(-FURTHEST_HOURS, FURTHEST_HOURS);

async function broken(
  node: FaultyNode,
  made: { readonly ledger: Ledger; readonly orders: Orders; readonly random: Random },
  tally: Tally,
): Promise<string | undefined> {
  const { ledger, orders, random } = made;
  const before = latest(ledger);
  await ledger.send(node.address, orders.report());
  const now = latest(ledger);
  if (now < Math.max(before, node.now)) return `recorded at ${now}, after ${before} at ${node.now}`;
  tally.saw(node.now < before ? 'recorded while the clock was behind' : 'recorded on time');
  const settled = ledger.settled();
  const known = settled[random.whole(0, settled.length - 1)];
  if (known !== undefined) await ledger.send(node.address, orders.turn(known));
  await ledger.send(node.address, seenAt(orders.report(), now - MINUTE_MS));
  const early = await ask(node.address, seenAt(orders.report(), now + 3 * HOUR_MS));
  return early?.status === 422 ? undefined : `the future was answered ${early?.status}`;
}

/** The latest time on any receipt, milliseconds since 1970. */
function latest({ told }: Ledger): number {
  const receipts = [...told.values()].flatMap(({ receipt }) => receipt ?? []);
  return receipts.reduce((most, { recordedAt }) => Math.max(most, Date.parse(recordedAt)), 0);
}

function seenAt(order: Order, ms: number): Order {
  const when = { from: new Date(ms).toISOString(), precision: 'minute', zone: 'UTC' };
  return { ...order, body: { ...order.body, when } };
}
