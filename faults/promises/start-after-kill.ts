import { cpSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { largeFolder } from '../../bench/large-log.ts';
import type { FaultPromise } from '../fault-promise.ts';
import { ask } from '../model/asking.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { type RealNode, realNode } from '../model/real-process.ts';
import { alterEvent } from '../model/altered-event.ts';
import { Tally } from '../tally.ts';

const STARTS = 5;
const SUBMITTERS = 8;
/** Long enough that pages wait in both WALs, and that some are being carried over. */
const LOADED_MS = 1_500;
const READY_WITHIN_MS = 10_000;
/** So much of the log is verified before anything is acknowledged. */
const VERIFIED = 10_000;

export const promise: FaultPromise = {
  id: 'R22',
  says: 'killed under load over a log of this size, five times, it is ready within 10 s; and where one of the last 10,000 events was altered meanwhile, it acknowledges nothing',
  unit: 'logged event',
  usual: 50_000,
  full: 1_000_000,
  piece: 1_000_000,
  short: 'apps/api/src/event-log/sqlite-event-log.verified.spec.ts',
  async test(times, seed) {
    const [node, made] = [await realNode(), await largeFolder(times)];
    try {
      cpSync(made, node.folder, { recursive: true });
      return { ...(await started(node, seed)).tested, times };
    } finally {
      await node.end();
    }
  },
};

async function started(node: RealNode, seed: string): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger()];
  const orders = new Orders(seed, node.now);
  let slowest = 0;
  for (let n = 0; n < STARTS; n += 1) {
    await node.start();
    await killUnderLoad(node, ledger, orders);
    const began = performance.now();
    await node.start();
    slowest = Math.max(slowest, performance.now() - began);
    // Each is asked for again: recorded is answered as then, whatever was under way.
    for (const { order } of ledger.told.values()) await ledger.send(node.address, order);
    const { head } = await node.detail();
    await node.kill();
    tally.add(await tells(node, random.whole(Math.max(1, head - VERIFIED + 1), head), orders));
  }
  tally.saw('starts', STARTS);
  tally.measured('slowest ms', Math.round(slowest));
  tally.saw('acknowledged', ledger.acknowledged.length);
  for (const sentence of ledger.broken) tally.add(sentence);
  if (slowest > READY_WITHIN_MS) tally.add(`ready after ${slowest.toFixed(0)} ms`);
  return tally;
}

async function killUnderLoad(node: RealNode, ledger: Ledger, orders: Orders): Promise<void> {
  let isDead = false;
  const submitters = Array.from({ length: SUBMITTERS }, async () => {
    while (!isDead) await ledger.send(node.address, orders.report(), { unheard: () => isDead });
  });
  await pause(LOADED_MS);
  isDead = true;
  await Promise.all([node.kill(), ...submitters]);
}

/** What a node does over a log of which one event is another; afterwards that event is as it was. */
async function tells(node: RealNode, seq: number, orders: Orders): Promise<string | undefined> {
  const restore = alterEvent(node.folder, seq);
  let told: string | undefined;
  try {
    await node.start();
    const answer = await ask(node.address, orders.report());
    const refused = answer?.status === 503 && answer.body.code === 'log_damaged';
    if (!refused) told = `event ${seq} was altered, and a report was answered ${answer?.status}`;
  } catch (error) {
    if (!String(error).includes('log_corrupt')) throw error;
  }
  await node.kill();
  restore();
  return told;
}
