// The ledger is held against a real node; what would be a lie of the node is told to it by the test.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WriterConnection } from '../../apps/api/src/event-log/sqlite-connection.ts';
import { startNode } from '../../apps/api/src/node.ts';
import { type Answered, ask } from './asking.ts';
import { InProcess, type MortalNode } from './in-process.ts';
import { Ledger } from './ledger.ts';
import { type Order, Orders } from './orders.ts';

describe('the ledger of a node whose disk is full', () => {
  let nodes: InProcess;
  let node: MortalNode;
  let ledger: Ledger;
  let orders: Orders;
  beforeAll(() => {
    nodes = new InProcess({ startNode, WriterConnection });
  });
  beforeEach(async () => {
    node = await nodes.fresh();
    await node.start();
    [ledger, orders] = [new Ledger(), new Orders('ledger', node.now)];
  });
  afterEach(() => node.end());
  afterAll(() => nodes.remove());

  /** Recorded by the node; the receipt as a node gives it whose rows could not be written. */
  const recorded = async (order: Order): Promise<Answered['body']> => {
    const answer = await ask(node.address, order);
    expect(answer?.status).toBe(201);
    return { ...answer?.body, number: null };
  };
  const full = { full: true };

  it('takes 202 without a number as recorded, and has the number once the rows show it', async () => {
    const [first, second] = [orders.report(), orders.report()];
    ledger.answered(first, 202, await recorded(first), full);
    ledger.answered(second, 202, { ...(await recorded(second)), seq: null }, full);
    expect(ledger.acknowledged).toEqual([first, second]);
    expect(ledger.unnumbered()).toEqual([first, second]);
    await ledger.compare(node.address);
    expect(ledger.broken).toEqual([]);
    expect(ledger.unnumbered()).toEqual([]);
    expect(ledger.observations.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('sees that what was answered 202 is not in the log', async () => {
    const [order, other] = [orders.report(), orders.report()];
    ledger.answered(order, 202, { ...(await recorded(other)), id: order.id }, full);
    ledger.doubt(other);
    await ledger.compare(node.address);
    expect(ledger.broken).toContain(`${order.id} was acknowledged and is lost`);
  });

  it.each([
    ['another event', { seq: 7 }],
    ['another instant', { recordedAt: '2026-11-22T12:00:07.000Z' }],
    ['another revision', { revision: 1 }],
  ])('sees that 202 told of %s', async (_, other) => {
    const order = orders.report();
    ledger.answered(order, 202, { ...(await recorded(order)), ...other }, full);
    await ledger.compare(node.address);
    expect(ledger.broken).toContainEqual(expect.stringContaining('has two receipts'));
  });

  it('lets no node answer 202 that has room, or with a number', async () => {
    const [order, other] = [orders.report(), orders.report()];
    ledger.answered(order, 202, await recorded(order));
    ledger.answered(other, 202, { ...(await recorded(other)), number: 2 }, full);
    expect(ledger.broken).toEqual([
      expect.stringMatching(/was answered 202 \{/),
      `${other.id} was answered 202 with the number 2`,
    ]);
  });

  it('sees that an observation has another number than somebody was told', async () => {
    const order = orders.report();
    const receipt = await recorded(order);
    ledger.answered(order, 202, receipt, full);
    const known = ledger.observations[0];
    expect(known).toMatchObject({ number: null });
    ledger.answered(order, 200, { ...receipt, number: 5 });
    await ledger.compare(node.address);
    expect(ledger.broken).toContain(`${order.id} is shown as number 1`);
  });
});
