import { setTimeout as pause } from 'node:timers/promises';
import { HttpConnection } from '../../bench/load/http-connection.ts';
import { latencyOf } from '../../bench/load/quantiles.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { eventsOf } from '../model/asking.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

/** Connections that each send the next report as soon as the one before is answered: far more than one core answers. */
const CONNECTIONS = 5_000;
/** Opened so many at a time, as a proxy would. */
const AT_A_TIME = 20;

export const promise: FaultPromise = {
  id: 'R20',
  says: 'five thousand submitters at once are answered or refused with Retry-After, and what was accepted is there',
  unit: 'second',
  usual: 10,
  full: 60,
  piece: 60,
  async test(seconds, seed) {
    const node = await realNode();
    try {
      await node.start();
      return { ...(await overload(node, seconds, seed)).tested, times: seconds };
    } finally {
      await node.end();
    }
  },
};

async function overload(node: RealNode, seconds: number, seed: string): Promise<Tally> {
  const [tally, orders] = [new Tally(), new Orders(seed, node.now)];
  const accepted = new Map<string, number>();
  const took: number[] = [];
  let isOver = false;
  const submit = async () => {
    // Opened when it is used: who only holds a connection is sent away after ten seconds.
    let connection = await HttpConnection.open(node.address);
    while (!isOver) {
      const order = orders.report();
      const began = performance.now();
      const answer = await connection.postUnlessCut(JSON.stringify(order.body));
      if (answer === undefined) {
        tally.add('a connection was cut without an answer');
        connection = await HttpConnection.open(node.address);
        continue;
      }
      const { status, body, head } = answer;
      if (status === 201) {
        took.push(performance.now() - began);
        accepted.set(order.id, JSON.parse(body).seq);
      } else if ((status === 429 || status === 503) && /^retry-after: \d+/im.test(head)) {
        tally.saw('refused');
        await pause(1_000);
      } else {
        tally.add(`answered ${status} ${body}`);
      }
    }
    connection.close();
  };
  const submitters: Promise<void>[] = [];
  while (submitters.length < CONNECTIONS) {
    submitters.push(...Array.from({ length: AT_A_TIME }, submit));
    await pause(20);
  }
  await pause(seconds * 1_000);
  isOver = true;
  await Promise.all(submitters);
  tally.saw('accepted', accepted.size);
  const { p50Ms, p99Ms } = latencyOf(Float64Array.from(took));
  tally.saw('p50 ms', Math.round(p50Ms));
  tally.saw('p99 ms', Math.round(p99Ms));
  const there = new Map(
    (await eventsOf(node.address)).map(({ seq, envelope }) => [envelope.id, seq]),
  );
  for (const [id, seq] of accepted) {
    if (there.get(id) !== seq) tally.add(`${id} was accepted as ${seq} and is ${there.get(id)}`);
  }
  return tally;
}
