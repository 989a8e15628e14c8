import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type AskedProcess, askedProcess } from '../../bench/asked-process.ts';
import { latencyOf } from '../../bench/load/quantiles.ts';
import { Crowd } from '../crowd.ts';
import { added, type FaultPromise, type Tested } from '../fault-promise.ts';
import { eventsOf, textOf } from '../model/asking.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, withRunningNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

/** Measured first, after as long a time that only warms up: what few connections get recorded. */
const SUSTAINED = { connections: 64, ms: 3_000 };
/** So many times as much is sent then, at an even pace and whatever is answered. */
const TIMES = 5;
const ROUND_MS = 60_000;
/** More than libuv reads at once. */
const CONNECTIONS = 3_000;
const READ_EVERY_MS = 50;

/** In a process of its own, which nothing holds up that the test itself has to do. */
const DASHBOARD = join(import.meta.dirname, '../dashboard-process.ts');
/** When a dashboard knew of which event, by number, as `epochMs` says it. */
type HeardAt = readonly number[];

/** What the promise says, milliseconds. */
const MOST_MS = { accepted: 500, read: 500, eventLoop: 200, dashboard: 1_000 };

export const promise: FaultPromise = {
  id: 'R20',
  says: 'of five times what it can take, for a minute, a node refuses the rest with Retry-After; what it accepts is there and answered and told in time, and reading goes on',
  unit: 'round',
  usual: 1,
  full: 5,
  piece: 1,
  short: 'apps/api/src/http/waiting-room.spec.ts',
  /** Each on a node of its own. */
  async test(rounds, seed) {
    let all: Tested = { times: 0, broken: 0 };
    for (let n = 0; n < rounds; n += 1) {
      const round = await withRunningNode((node) => overload(node, `${seed}/${n}`));
      all = added(all, { ...round.tested, times: 1 });
    }
    return all;
  },
};

async function overload(node: RealNode, seed: string): Promise<Tally> {
  const [tally, orders] = [new Tally(), new Orders(seed, node.now)];
  const sustained = await measured(node, orders, tally);
  const crowd = new Crowd(node.address, orders, tally);
  await crowd.open(CONNECTIONS);
  const dashboard = await askedProcess<HeardAt>(DASHBOARD, [node.address]);
  const reading = new AbortController();
  const reads = readAgainAndAgain(node.address, reading.signal);
  await crowd.send(TIMES * sustained, ROUND_MS);
  reading.abort();
  const { eventLoopDelayMs } = await node.detail();
  within(tally, 'p99 ms of accepted', p99Of(crowd.tookMs), MOST_MS.accepted);
  within(tally, 'p99 ms of reads', p99Of(await reads), MOST_MS.read);
  within(tally, 'p99 ms of the event loop', eventLoopDelayMs.p99, MOST_MS.eventLoop);
  tally.measured('sustained a second', sustained);
  tally.saw('accepted', crowd.accepted.size);
  tally.saw('refused', crowd.refused);
  tally.saw('not sent', crowd.notSent);
  if (crowd.refused === 0) tally.add('nothing was refused: that was no overload');
  await compare(node, crowd, dashboard, tally);
  await dashboard.stop();
  crowd.close();
  return tally;
}

/** Reports a second; nobody is refused. */
async function measured(node: RealNode, orders: Orders, tally: Tally): Promise<number> {
  const few = new Crowd(node.address, orders, tally);
  await few.open(SUSTAINED.connections);
  await few.repeat(SUSTAINED.ms);
  const before = few.accepted.size;
  await few.repeat(SUSTAINED.ms);
  few.close();
  if (few.refused > 0) tally.add(`${few.refused} were refused where there was no overload`);
  return Math.round(((few.accepted.size - before) * 1_000) / SUSTAINED.ms);
}

/** How long each took, milliseconds. */
async function readAgainAndAgain(address: string, signal: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!signal.aborted) {
    const began = performance.now();
    await textOf(`${address}/api/observations?limit=20`);
    took.push(performance.now() - began);
    await pause(READ_EVERY_MS);
  }
  return took;
}

/** What was accepted is in the log under its number, and the dashboard heard of it soon after. */
async function compare(
  node: RealNode,
  crowd: Crowd,
  dashboard: AskedProcess<HeardAt>,
  tally: Tally,
): Promise<void> {
  const events = await eventsOf(node.address);
  const there = new Map(events.map(({ seq, envelope }) => [envelope.id, seq]));
  const heardAt = await dashboard.ask(events.length - 1);
  const late: number[] = [];
  for (const [id, { seq, at }] of crowd.accepted) {
    if (there.get(id) !== seq) tally.add(`${id} was accepted as ${seq} and is ${there.get(id)}`);
    const knewAt = heardAt[seq];
    if (knewAt === undefined) tally.add(`a dashboard was never told of ${seq}`);
    else late.push(Math.max(0, knewAt - at));
  }
  within(
    tally,
    'ms until a dashboard knew, at most',
    latencyOf(Float64Array.from(late)).maxMs,
    MOST_MS.dashboard,
  );
}

function within(tally: Tally, what: string, found: number, most: number): void {
  tally.measured(what, Math.round(found));
  if (!(found <= most)) tally.add(`${what}: ${Math.round(found)} instead of ${most}`);
}

function p99Of(millis: readonly number[]): number {
  return latencyOf(Float64Array.from(millis)).p99Ms;
}
