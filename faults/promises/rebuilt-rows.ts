import { randomOf } from '@ceasewatch/domain/testing/random';
import { PROJECTIONS } from '../../apps/api/src/projections.ts';
import {
  fileOf,
  openForReading,
  positionIn,
} from '../../apps/api/src/read-model/read-model-file.ts';
import type { FaultPromise } from '../fault-promise.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { Ledger } from '../model/ledger.ts';
import { Orders } from '../model/orders.ts';
import { realNode } from '../model/real-process.ts';
import { builtRows, differenceOf, logIn } from '../rows/built-rows.ts';
import { writeHistory } from '../rows/history.ts';
import { Tally } from '../tally.ts';

/** Each after a kill: as a node that is up applies events, and as a rebuild does. */
const WAYS = [
  [1, 'live'],
  [7, 'live'],
  [1_000, 'live'],
  [1, 'bulk'],
  [7, 'bulk'],
  [1_000, 'bulk'],
] as const;
const HISTORY = 80;
/** Killed while so many reports are under way. */
const UNHEARD = 6;

export const promise: FaultPromise = {
  id: 'R9',
  says: 'after a kill the rows are those that the log makes of itself, whether built in batches of 1, 7 or 1,000',
  unit: 'rebuild',
  usual: 60,
  full: 1_200,
  piece: 60,
  short: 'faults.spec.ts',
  async test(times, seed) {
    const node = await realNode();
    try {
      return { ...(await rebuilt(node, times, seed)).tested, times };
    } finally {
      await node.end();
    }
  },
};

/** On a node that does not run. */
export async function rebuilt(node: FaultyNode, times: number, seed: string): Promise<Tally> {
  const [random, tally, ledger] = [randomOf(seed), new Tally(), new Ledger()];
  const orders = new Orders(seed, node.now);
  for (let done = 0; done < times; done += WAYS.length) {
    await node.start();
    for (const order of ledger.doubtful()) await ledger.send(node.address, order);
    await writeHistory(node, { ledger, orders, random }, HISTORY);
    const unheard = Array.from({ length: UNHEARD }, () =>
      ledger.send(node.address, orders.report(), { unheard: () => true }),
    );
    await Promise.all([node.kill(), ...unheard]);
    judgeRows(node.folder, WAYS.slice(0, times - done), tally);
  }
  await node.start();
  for (const order of ledger.doubtful()) await ledger.send(node.address, order);
  await ledger.judge(node.address, tally);
  return tally;
}

function judgeRows(folder: string, ways: readonly (typeof WAYS)[number][], tally: Tally): void {
  const { log, events } = logIn(folder);
  const rows = openForReading(fileOf(folder, PROJECTIONS));
  try {
    const position = positionIn(rows, log) ?? -1;
    // What was recorded last may not have come to the rows before the kill.
    const upTo = { log, events: events.slice(0, position + 1) };
    tally.saw('events', upTo.events.length);
    for (const [size, mode] of ways) {
      const built = builtRows(upTo, size, mode);
      const difference = differenceOf(rows, built);
      built.close();
      tally.add(difference && `in batches of ${size}, ${mode}: ${difference}`);
    }
  } finally {
    rows.close();
  }
}
