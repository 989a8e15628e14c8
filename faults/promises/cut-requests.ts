import { once } from 'node:events';
import { connect } from 'node:net';
import { postOf } from '../../apps/api/test/testing/raw-request.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { eventsOf } from '../model/asking.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { Ledger } from '../model/ledger.ts';
import { type Order, Orders } from '../model/orders.ts';
import { withRunningNode } from '../model/real-process.ts';
import { Tally } from '../tally.ts';

const AT_A_TIME = 50;

export const promise: FaultPromise = {
  id: 'R6',
  says: 'a request that is cut off at any byte is recorded whole or not at all, and sending it again tells which',
  unit: 'cut',
  usual: 1_000,
  full: 20_000,
  piece: 1_000,
  short: 'faults.spec.ts',
  test(times, seed) {
    return withRunningNode(async (node) => ({
      ...(await cutRequests(node, times, seed)).tested,
      times,
    }));
  },
};

/** On a node that runs. */
export async function cutRequests(node: FaultyNode, times: number, seed: string): Promise<Tally> {
  const [ledger, tally, orders] = [new Ledger(), new Tally(), new Orders(seed, node.now)];
  for (let done = 0; done < times; done += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, times - done);
    const cut = Array.from({ length: count }, (_, n) => ({ order: orders.report(), at: done + n }));
    await Promise.all(cut.map((each) => sendInPart(node, each.order, each.at)));
    const there = new Set((await eventsOf(node.address)).map(({ envelope }) => envelope.id));
    for (const { order } of cut) {
      tally.saw(there.has(order.id) ? 'recorded' : 'not recorded');
      ledger.doubt(order);
      await ledger.send(node.address, order);
    }
  }
  await ledger.judge(node.address, tally);
  return tally;
}

/** So many bytes of it, every other time all of them; then the connection is gone. */
async function sendInPart({ address }: FaultyNode, order: Order, at: number): Promise<void> {
  const { hostname, port } = new URL(address);
  const bytes = postOf(address, order.body);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  const sent = at % 2 === 0 ? bytes : bytes.subarray(0, (at >> 1) % bytes.length);
  socket.write(sent, () => {
    if (at % 3 === 0) socket.end();
    else socket.resetAndDestroy();
  });
  socket.resume();
  await once(socket, 'close');
}
