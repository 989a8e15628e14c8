import type { Random } from '@ceasewatch/domain/testing/random';
import type { FaultyNode } from '../model/faulty-node.ts';
import type { Excuse, Ledger } from '../model/ledger.ts';
import type { Order, Orders } from '../model/orders.ts';

/** So many are under way at once; of one observation only one, for each names the state before it. */
const AT_A_TIME = 8;

export interface Writing {
  readonly ledger: Ledger;
  readonly orders: Orders;
  readonly random: Random;
}

/** Reports, corrections, retractions and reinstatements: `count` of them, on a node that runs. */
export async function writeHistory(
  node: FaultyNode,
  writing: Writing,
  count: number,
  excuse: Excuse = {},
): Promise<void> {
  for (let sent = 0; sent < count; sent += AT_A_TIME) {
    const some = Array.from({ length: Math.min(AT_A_TIME, count - sent) }, () => undefined);
    const about = new Set<string>();
    await Promise.all(
      some.map(() => writing.ledger.send(node.address, nextOf(writing, about), excuse)),
    );
  }
}

function nextOf({ ledger, orders, random }: Writing, about: Set<string>): Order {
  const settled = ledger.settled();
  const known = settled[random.whole(0, settled.length - 1)];
  if (known === undefined || about.has(known.id) || random.chance(0.5)) return orders.report();
  about.add(known.id);
  const isTurned = known.status === 'retracted' || random.chance(0.4);
  return isTurned ? orders.turn(known) : orders.correction(known);
}
